"""Applies through the real engine, from the command line to the cloud and back."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.cost.apply.stack import AFTER, BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.cost.apply.stack import Stack

pytestmark = pytest.mark.engine


def test_no_data_rolls_back(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    before = stack.config.read_bytes()
    code, out, err = stack.apply("--watch", "2s")
    print(out, err)
    assert code == 3
    assert stack.config.read_bytes() == before
    assert stack.sizes() == {BEFORE}
