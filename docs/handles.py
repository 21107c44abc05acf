"""What the components of the shipped stacks register for sizing: the same calls on the same declarations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from trimtab.components.model_server.sizing import sizables as served
from trimtab.components.training_runtimes.sizing import sizables as trained
from trimtab.spec import CONFIG_KEY, read_platform
from trimtab.spec.cluster.pipelines_airflow import ClusterAirflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from trimtab.spec import Platform
    from trimtab.spec.cluster.cluster import ClusterParts
    from trimtab.spec.sizing import SizingTemplate

    Named = Iterator[tuple[str, SizingTemplate | None]]

STACKS = Path(__file__).parents[1] / "stacks"
_ORDER = ("local", "prod")
"""Where an example is taken from: the stack that everybody can run, else the one that has every part."""
_WANDB_LEAST_MIB = 4096


@dataclass(frozen=True)
class Declared:
    """One sizing template of a shipped stack.

    Attributes:
        component: the class that registers it.
        path: where it is declared, `trainingPools[0]`.
        file: the stack file, below the project's root.
    """

    component: str
    path: str
    file: str
    template: SizingTemplate


@cache
def declared() -> tuple[Declared, ...]:
    """Return the first template of each component and kind."""
    found: dict[tuple[str, str], Declared] = {}
    for stack in _ORDER:
        for one in _of(stack):
            found.setdefault((one.component, one.template.kind), one)
    return tuple(found.values())


def _of(stack: str) -> Iterator[Declared]:
    path = STACKS / f"Pulumi.{stack}.yaml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))["config"]
    platform = read_platform(config[CONFIG_KEY], source=path.name)
    for component, templates in REGISTERING.items():
        for at, template in templates(platform):
            if template is not None:
                yield Declared(component, at, f"stacks/{path.name}", template)


def _pools(platform: Platform) -> Named:
    for number, one in enumerate(platform.training_pools):
        at = f"trainingPools[{number}]"
        yield at, one.sizing(at)


def _endpoints(platform: Platform) -> Named:
    for number, one in enumerate(platform.serving_endpoints):
        at = f"servingEndpoints[{number}]"
        yield at, one.sizing(at, floor=1)
        yield from ((at, template) for template in one.components_sizing(at).values())


def _on_cluster(templates: Callable[[ClusterParts, str], Named]) -> Callable[[Platform], Named]:
    def of(platform: Platform) -> Named:
        return templates(platform.cluster, "cluster") if platform.cluster else iter(())

    return of


def _gpu_pools(cluster: ClusterParts, at: str) -> Named:
    for number, one in enumerate(cluster.gpu_pools):
        yield f"{at}.gpuPools[{number}]", one.sizing(f"{at}.gpuPools[{number}]")


def _training(cluster: ClusterParts, at: str) -> Named:
    for _, _, template in trained(cluster.training, f"{at}.training") if cluster.training else ():
        yield f"{at}.training", template


def _serving(cluster: ClusterParts, at: str) -> Named:
    for number, one in enumerate(cluster.serving):
        path = f"{at}.serving[{number}]"
        for sizable in served(one, path, production=False):
            yield path, sizable.template


def _mlflow(cluster: ClusterParts, at: str) -> Named:
    if cluster.mlflow:
        path = f"{at}.mlflow"
        yield path, cluster.mlflow.sizing(path, least_memory_mib=cluster.mlflow.least_memory_mib)


def _wandb(cluster: ClusterParts, at: str) -> Named:
    if cluster.weights_and_biases:
        path = f"{at}.weightsAndBiases"
        yield path, cluster.weights_and_biases.sizing(path, least_memory_mib=_WANDB_LEAST_MIB)


def _feast(cluster: ClusterParts, at: str) -> Named:
    if cluster.feast:
        yield f"{at}.feast", cluster.feast.sizing(f"{at}.feast")


def _airflow(cluster: ClusterParts, at: str) -> Named:
    airflow = cluster.pipelines.airflow if cluster.pipelines else None
    if isinstance(airflow, ClusterAirflow):
        path = f"{at}.pipelines.airflow"
        yield path, airflow.sizing(path)


def _drift(cluster: ClusterParts, at: str) -> Named:
    if cluster.monitoring and cluster.monitoring.drift:
        path = f"{at}.monitoring.drift"
        yield path, cluster.monitoring.drift.sizing(path)


REGISTERING: Mapping[str, Callable[[Platform], Named]] = {
    "TrainingPool": _pools,
    "ServingEndpoint": _endpoints,
    "GpuPool": _on_cluster(_gpu_pools),
    "TrainingRuntimes": _on_cluster(_training),
    "ModelServer": _on_cluster(_serving),
    "MLflow": _on_cluster(_mlflow),
    "WeightsAndBiases": _on_cluster(_wandb),
    "Feast": _on_cluster(_feast),
    "ClusterPipelines": _on_cluster(_airflow),
    "ClusterMonitoring": _on_cluster(_drift),
}
"""The components that register handles; a test looks for `self.handle(` in all of them."""
