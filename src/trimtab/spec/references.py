"""References inside a declaration: every name that a part mentions is a part that exists, once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from trimtab.spec.model_source import HuggingFaceModel
from trimtab.spec.network import NewNetwork
from trimtab.spec.serving_capacity import Serverless
from trimtab.spec.serving_components import InferenceComponents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trimtab.spec.platform import Platform


def check_references(platform: Platform) -> None:
    """Refuse a name that is declared twice, and one that is mentioned but not declared.

    Raises:
        PydanticCustomError: the first such name, with its path, what is declared, and a remedy.
    """
    _refuse_twins(platform)
    groups = tuple(platform.model_groups())
    endpoints = tuple(endpoint.name for endpoint in platform.serving_endpoints)
    for path, group in _mentioned_groups(platform):
        _known(path, group, groups, "modelRegistry.groups")
    for path, endpoint in _mentioned_endpoints(platform):
        _known(path, endpoint, endpoints, "servingEndpoints")
    _monitored_endpoints_capture(platform)
    _retrained_have_one_model(platform)
    _hub_is_reachable(platform)
    _trail_knows_the_risk(platform)


def _known(path: str, name: str, declared: tuple[str, ...], where: str) -> None:
    if name not in declared:
        raise PydanticCustomError(
            "unknown_reference",
            "{path} names {name}, which {where} does not declare",
            {
                "path": path,
                "name": name,
                "where": where,
                "allowed": ", ".join(declared) or f"nothing: {where} is empty",
                "remedy": f"declare {name} under {where}, or name one of those",
            },
        )


def _mentioned_groups(platform: Platform) -> Iterator[tuple[str, str]]:
    for index, endpoint in enumerate(platform.serving_endpoints):
        for path, source in endpoint.sources().items():
            yield f"servingEndpoints[{index}].{path}.group", source.group
    for index, pipeline in enumerate(platform.pipelines.retraining if platform.pipelines else ()):
        yield f"pipelines.retraining[{index}].modelGroup", pipeline.model_group
    # Without a registry in AWS, the groups are MLflow's.
    on_cluster = platform.cluster.serving if platform.cluster and platform.model_registry else ()
    for index, served in enumerate(on_cluster):
        yield f"cluster.serving[{index}].modelGroup", served.model_group


def _mentioned_endpoints(platform: Platform) -> Iterator[tuple[str, str]]:
    for index, monitor in enumerate(platform.monitoring.monitors if platform.monitoring else ()):
        yield f"monitoring.monitors[{index}].endpoint", monitor.endpoint
    for index, pipeline in enumerate(platform.pipelines.retraining if platform.pipelines else ()):
        yield f"pipelines.retraining[{index}].endpoint", pipeline.endpoint


def _monitored_endpoints_capture(platform: Platform) -> None:
    silent = {endpoint.name for endpoint in platform.serving_endpoints if endpoint.data_capture is None}
    for index, monitor in enumerate(platform.monitoring.monitors if platform.monitoring else ()):
        if monitor.endpoint in silent:
            raise PydanticCustomError(
                "monitor_without_capture",
                "monitoring.monitors[{index}] watches {endpoint}, which captures no data",
                {
                    "path": f"monitoring.monitors[{index}].endpoint",
                    "name": monitor.endpoint,
                    "index": index,
                    "endpoint": monitor.endpoint,
                    "allowed": "endpoints with dataCapture",
                    "remedy": f"give {monitor.endpoint} a dataCapture, or drop the monitor",
                },
            )


def served_names(platform: Platform) -> Iterator[str]:
    """Give the name of each endpoint, and of each further model that one serves beside its own."""
    for endpoint in platform.serving_endpoints:
        yield endpoint.name
        if isinstance(endpoint.capacity, InferenceComponents):
            yield from (other.name for other in endpoint.capacity.others)


def _retrained_have_one_model(platform: Platform) -> None:
    """A retraining puts a new configuration behind an endpoint, which names no model where components do."""
    shared = {one.name for one in platform.serving_endpoints if isinstance(one.capacity, InferenceComponents)}
    for index, pipeline in enumerate(platform.pipelines.retraining if platform.pipelines else ()):
        if pipeline.endpoint in shared:
            raise PydanticCustomError(
                "retraining_of_components",
                "pipelines.retraining[{index}] deploys to {endpoint}, whose models are inference components",
                {
                    "path": f"pipelines.retraining[{index}].endpoint",
                    "name": pipeline.endpoint,
                    "index": index,
                    "endpoint": pipeline.endpoint,
                    "allowed": "endpoints of another form",
                    "remedy": "deploy the new version by the model of its declaration, or use form: real-time",
                },
            )


def _hub_is_reachable(platform: Platform) -> None:
    if not isinstance(platform.network, NewNetwork) or platform.network.nat != "none":
        return
    for index, endpoint in enumerate(platform.serving_endpoints):
        sources = endpoint.sources().values()
        if not isinstance(endpoint.capacity, Serverless) and any(isinstance(s, HuggingFaceModel) for s in sources):
            raise PydanticCustomError(
                "hub_out_of_reach",
                "servingEndpoints[{index}] downloads a model from the Hugging Face hub, but network.nat is none",
                {
                    "path": f"servingEndpoints[{index}].model.type",
                    "name": "hugging-face",
                    "index": index,
                    "allowed": "hugging-face models with nat single or per-zone, or in an existing network",
                    "remedy": "set network.nat: single, or copy the model to the model bucket (type: registered)",
                },
            )


def _trail_knows_the_risk(platform: Platform) -> None:
    """The trail records as much as the most sensitive system needs, so it must know of that one."""
    if platform.audit_trail is None or platform.audit_trail.eu_ai_act_risk == "high":
        return
    served = platform.cluster.serving if platform.cluster else ()
    risks = {
        **{f"servingEndpoints[{index}]": one.eu_ai_act_risk for index, one in enumerate(platform.serving_endpoints)},
        **{f"cluster.serving[{index}]": one.eu_ai_act_risk for index, one in enumerate(served)},
    }
    for serving, risk in risks.items():
        if risk == "high":
            raise PydanticCustomError(
                "risk_below_endpoint",
                "{serving} is high-risk, but auditTrail.euAiActRisk is {risk}",
                {
                    "path": "auditTrail.euAiActRisk",
                    "name": platform.audit_trail.eu_ai_act_risk,
                    "risk": platform.audit_trail.eu_ai_act_risk,
                    "serving": serving,
                    "allowed": "high, the class of the most sensitive system",
                    "remedy": "set auditTrail.euAiActRisk: high",
                },
            )


def _refuse_twins(platform: Platform) -> None:
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("modelRegistry.groups", platform.model_groups()),
        (
            "modelRegistry.repositories",
            (r.name for r in platform.model_registry.repositories) if platform.model_registry else (),
        ),
        ("trainingPools", (pool.name for pool in platform.training_pools)),
        ("servingEndpoints", served_names(platform)),
        (
            "featureStore.groups",
            (g.name for g in platform.feature_store.groups) if platform.feature_store else (),
        ),
        (
            "pipelines.retraining",
            (p.name for p in platform.pipelines.retraining) if platform.pipelines else (),
        ),
    )
    for where, names in named:
        twins = [name for name, count in Counter(names).items() if count > 1]
        if twins:
            raise PydanticCustomError(
                "duplicate_name",
                "{where} declares {name} more than once",
                {
                    "path": where,
                    "where": where,
                    "name": twins[0],
                    "allowed": "each name once",
                    "remedy": f"rename one {twins[0]}",
                },
            )
