"""Components on the embedded cluster, up together in a namespace of their own."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.support import LocalCloud, Resource, Result, Workspace

PROGRAM = Path(__file__).parent / "programs" / "parts"


def parts_workspace(
    make: Callable[..., Workspace],
    namespace: str,
    components: Sequence[dict[str, Any]],
    *,
    environment: str = "dev",
) -> Workspace:
    """Return a stack that is not up yet.

    Args:
        make: the fixture `make_workspace`.
        namespace: what no other test of the session uses.
        components: each with `component` (below `trimtab.components`), `model` (below `trimtab.spec`), `name`, `spec`,
            and where wanted `path` (its place in a configuration) and `inputs`.
        environment: of the context.
    """
    return make(PROGRAM, config=parts_config(namespace, components, environment=environment))


def parts_config(namespace: str, components: Sequence[dict[str, Any]], *, environment: str = "dev") -> dict[str, Any]:
    """Return what the program reads; see `parts_workspace`."""
    return {
        "parts:namespace": namespace,
        "parts:environment": environment,
        "parts:components": list(components),
    }


def refused(workspace: Workspace, config: dict[str, Any], *, name: str, spec: dict[str, Any]) -> str:
    """Put `spec` into that of the object called `name`, and return what the engine says when it is refused."""
    workspace.write_config({**config, "parts:wrong": {"name": name, "spec": spec}})
    failed = workspace.up(check=False)
    assert failed.code != 0
    return failed.output


@contextmanager
def eks_cluster(cloud: LocalCloud, name: str) -> Iterator[str]:
    """A cluster that EKS knows, so that service accounts can be tied to roles."""
    eks = cloud.client("eks")
    subnets = [found["SubnetId"] for found in cloud.client("ec2").describe_subnets()["Subnets"][:2]]
    role = "arn:aws:iam::123456789012:role/cluster"
    eks.create_cluster(name=name, roleArn=role, resourcesVpcConfig={"subnetIds": subnets})
    yield name
    eks.delete_cluster(name=name)


def objects(result: Result) -> list[Resource]:
    """Return the Kubernetes objects of a stack."""
    return [resource for resource in result.resources if resource.type.startswith("kubernetes:")]


def one(result: Result, kind: str, name: str) -> dict[str, Any]:
    """Return what was declared of the one object with that kind and name."""
    (found,) = [
        resource.inputs
        for resource in objects(result)
        if resource.inputs["kind"] == kind and resource.inputs["metadata"]["name"] == name
    ]
    return found


def handles(result: Result, component: str) -> dict[str, dict[str, Any]]:
    """Return the sizing handles of a component by their cloud ids."""
    (found,) = [r for r in result.resources if r.type.startswith("trimtab:index:") and r.name == component]
    return {handle["cloudId"]: handle for handle in found.outputs["sizingHandles"]}
