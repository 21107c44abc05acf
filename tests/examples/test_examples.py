"""The examples through the real engine, under the shipped policy packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stacks.leftovers import empty_buckets, everything
from tests.stacks.stack_files import pack_flags

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAMS = sorted(path.parent for path in EXAMPLES.glob("*/Pulumi.yaml"))
ON_SAGEMAKER = [EXAMPLES / name for name in ("fraud-scoring", "llm-endpoint")]


def test_there_are_four_teams() -> None:
    assert [program.name for program in PROGRAMS] == ["fraud-scoring", "kubeflow-training", "llm-endpoint", "ray-vllm"]


@pytest.mark.engine
@pytest.mark.parametrize("program", ON_SAGEMAKER, ids=lambda program: program.name)
def test_an_example_comes_up_stays_and_goes(
    program: Path, make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    before = everything(local_cloud)
    workspace = make_workspace(program, name=program.name)
    up = workspace.up(flags=pack_flags())
    endpoint = local_cloud.client("sagemaker").describe_endpoint(EndpointName=up.outputs["endpoint"])
    assert endpoint["EndpointStatus"] == "InService"
    workspace.preview(flags=["--expect-no-changes"])
    remove(workspace, local_cloud)
    assert everything(local_cloud) == before


def remove(workspace: Workspace, cloud: LocalCloud) -> None:
    """Destroy a stack whatever its environment: production is protected, and does not give up buckets with logs."""
    if any(resource.get("protect") for resource in workspace.export()["deployment"]["resources"]):
        assert workspace.destroy(check=False).code != 0, "what is protected went with one command"
    workspace.pulumi("state", "unprotect", "--all", "--yes")
    workspace.destroy(check=False)
    empty_buckets(cloud, "payments-prod-")
    workspace.destroy()


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_an_example_explains_itself(program: Path) -> None:
    readme = (program / "README.md").read_text(encoding="utf-8")
    assert "pulumi up" in readme
    assert "trimtab local up" in readme
