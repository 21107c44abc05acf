"""Every shipped stack and example, by the process of all packs and offline over its state: the same findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.render.joins.programs import PROGRAMS
from tests.rules.recorded import resources_of
from tests.rules.runtime.packs import PackProcess, start, stop
from tests.rules.runtime.test_same_findings import offline
from tests.rules.states import export_of, preview_of
from trimtab.render.placeholders import Placeholders
from trimtab.render.program import run_folder
from trimtab.render.project import find_project, settings_of
from trimtab.rules.runtime.serve import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackProcess]:
    running = start(ALL, tmp_path_factory.mktemp("project"))
    yield running
    assert stop(running) == 0


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_shipped_program_has_one_list_of_findings(name: str, pack: PackProcess) -> None:
    folder, stack = PROGRAMS[name]
    project, placeholders = find_project(folder), Placeholders()
    recorded, _ = run_folder(project.main, settings_of(project, stack, placeholders), placeholders)
    resources = resources_of(recorded)
    assert len(resources) > 20
    assert pack.findings(resources) == offline(ALL, export_of(resources))
    # A preview knows no ids yet.
    planned = tuple(replace(one, id="", outputs={}) for one in resources)
    assert pack.findings(planned) == offline(ALL, preview_of(planned))
