"""Each rule of the declaration, broken alone: the message says where, what, what is allowed and what to do."""

from __future__ import annotations

import copy

import pytest

from tests.spec.broken import BASE, BROKEN, Broken
from tests.spec.places import put
from tests.spec.test_broken import problems
from trimtab.spec import read_platform


def test_the_base_is_sound() -> None:
    read_platform(BASE)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_rule_is_told(broken: Broken) -> None:
    declared = copy.deepcopy(BASE)
    for path, value in broken.changes.items():
        declared = put(declared, path, value)
    (problem,) = problems(declared)
    missing = [piece for piece in broken.says if piece not in problem]
    assert not missing, problem
