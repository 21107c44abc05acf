"""The shipped stacks through the real engine, under the shipped policy packs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.local.awsprovider.cases.coverage import lacking
from tests.stacks.leftovers import everything
from tests.stacks.stack_files import STACKS, configuration, pack_flags
from tests.support import LocalCloud, Workspace
from trimtab.spec import read_platform
from trimtab.spec.schema import stack_schema
from trimtab.spec.sizing import SIZING_OUTPUT, SizingHandle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support import Result

NAMES = ("local", "dev", "prod")
ON_CLUSTER = frozenset(
    {
        "NodePool/gpu-serving",
        "NodePool/gpu-training",
        "assistant/Deployment/assistant-chat",
        "assistant/Deployment/intent-predictor",
        "assistant/InferenceService/intent",
        "assistant/ScaledDeployment/assistant-chat",
        "ml-platform/Deployment/drift",
        "ml-platform/Deployment/feast",
        "ml-platform/Deployment/mlflow",
        "research/RayCluster/tuning-gpu",
    }
)
"""What the `local` stack's cluster half lets be sized."""


def handles(result: Result) -> dict[str, SizingHandle]:
    found = [h for r in result.resources for h in r.outputs.get(SIZING_OUTPUT, [])]
    return {handle["cloudId"]: SizingHandle.model_validate(handle) for handle in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_stack_file_is_a_platform_and_says_where_its_schema_is(name: str) -> None:
    platform = read_platform(configuration(name)["trimtab:platform"])
    assert platform.environment == name
    first = (STACKS / f"Pulumi.{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/schema/stack.json"
    assert stack_schema()["required"] == ["config"]


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[LocalCloud]:
    """A cloud of the test's own: production's namespaces are protected, and would stand in the way of other tests."""
    with LocalCloud(tmp_path / "cloud") as cloud:
        cloud.kubernetes()
        yield cloud


@pytest.mark.engine
@pytest.mark.parametrize("name", ["dev", "prod"])
def test_every_object_of_a_stack_is_accepted_under_its_policies(
    name: str, own_cluster: LocalCloud, tmp_path: Path
) -> None:
    folder = tmp_path / f"stack-{name}"
    workspace = Workspace(own_cluster, folder, program=STACKS, name=f"stack-{name}", config=configuration(name))
    up = workspace.up(flags=pack_flags())
    assert lacking(up.state) == set(), "tests/local/awsprovider/cases walks every AWS type that is declared"
    on_cluster = [resource for resource in up.resources if resource.type.startswith("kubernetes:")]
    assert len(on_cluster) > 30
    assert len(up.resources) - len(on_cluster) > 150
    workspace.preview(flags=["--expect-no-changes"])


@pytest.mark.engine
def test_local_comes_up_stays_is_trimmed_and_leaves_nothing(
    make_workspace: Callable[..., Workspace], local_cluster: LocalCloud
) -> None:
    before = everything(local_cluster)
    config = configuration("local")
    workspace = make_workspace(STACKS, name="stack-local", config=config)
    up = workspace.up(flags=pack_flags())
    assert len(up.resources) > 100
    assert lacking(up.state) == set(), "tests/local/awsprovider/cases walks every AWS type that is declared"
    workspace.preview(flags=["--expect-no-changes"])

    sized = handles(up)
    assert set(sized) == {
        "acme-ml-local-fraud-scoring",
        "acme-ml-local-product-ranking",
        "acme-ml-local-invoice-reader",
        "acme-ml-local-gpu-research",
        "acme-ml-local-nightly",
        *ON_CLUSTER,
    }
    # The demo trims this very file, so its figures are read, not remembered.
    declared = config["trimtab:platform"]["servingEndpoints"][0]["capacity"]
    minimum = next(f for f in sized["acme-ml-local-fraud-scoring"].fields if f.name == "minInstances")
    assert minimum.spec_path == "servingEndpoints[0].capacity.minInstances"
    assert minimum.current == declared["minInstances"]
    declared["minInstances"] = next(step for step in minimum.allowed if step != minimum.current)
    workspace.write_config(config)
    assert changed(workspace) == {"endpoint-fraud-scoring-target": "update"}

    workspace.destroy()
    assert everything(local_cluster) == before


def changed(workspace: Workspace) -> dict[str, str]:
    """Name of each resource that a preview would change → what it would do."""
    steps = workspace.preview(json=True).events["steps"]
    return {step["urn"].rsplit("::", 1)[1]: step["op"] for step in steps if step["op"] != "same"}


@pytest.mark.engine
@pytest.mark.parametrize(
    ("platform", "said"),
    [
        (None, "trimtab:platform is not set"),
        ("acme", "is a text; allowed: an object"),
        ({"name": "acme-ml", "environment": "local"}, "owner: is required"),
    ],
    ids=["absent", "text", "without owner"],
)
def test_a_wrong_declaration_is_one_message(platform: Any, said: str, make_workspace: Callable[..., Workspace]) -> None:
    config = {} if platform is None else {"trimtab:platform": platform}
    refused = make_workspace(STACKS, config=config).preview(check=False)
    assert refused.code != 0
    assert said in refused.output
    assert "remedy" in refused.output
    assert "Traceback" not in refused.output
    assert "unhandled" not in refused.output


def test_no_stack_file_holds_a_secret_or_an_account() -> None:
    for name in NAMES:
        text = json.dumps(configuration(name))
        assert not [word for word in ("AKIA", "PRIVATE KEY", "ghp_", "hf_") if word in text]
        assert [value for value in _named(configuration(name), ("password", "token")) if isinstance(value, str)] == []


def _named(value: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Everything that stands under one of these keys: a reference to where it lies, never the thing itself."""
    if isinstance(value, list):
        for inner in value:
            yield from _named(inner, names)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in names:
                yield inner
            yield from _named(inner, names)
