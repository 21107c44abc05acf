"""Somebody compares what a model on the cluster is asked with what it was trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.drift import is_named, told
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.values import NotYetKnown

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


_SERVED = (*kinds.SERVING, DEPLOYMENT)


class ModelConfig(RuleConfig):
    """How an object says which model it serves."""

    label: str = Field(
        "trimtab.dev/model",
        description="The label with the model's name; a Deployment without it serves none, other kinds their own name.",
    )
    watcher: str = Field(
        "drift|evidently|nannyml|whylogs|alibi-detect",
        description="Expression that a monitor's name, labels, image or command, or the metric of its alert, matches.",
    )


def check(served: Resource, stack: Stack, config: ModelConfig) -> Messages:
    model = _model_of(served, config)
    if not model:
        return
    metadata = served.props.block("metadata")
    name, namespace = metadata.text("name", served.name), metadata.text("namespace", "default")
    found = is_named(told(stack, config.watcher, served), frozenset({model, name, f"{namespace}/{name}"}))
    if found is None:
        raise NotYetKnown("which models the drift monitor watches")
    if not found:
        yield f"no drift monitor of this stack is told to watch {model}"


def _model_of(served: Resource, config: ModelConfig) -> str:
    """The model's name; empty for what serves none."""
    metadata = served.props.block("metadata")
    labelled = metadata.block("labels").text(config.label)
    if labelled or served.type == DEPLOYMENT:
        return labelled
    return metadata.text("name", served.name)


_FRAUD = resource(kinds.INFERENCE_SERVICE, "fraud", metadata={"name": "fraud"})
_MONITOR = resource(
    kinds.CRON_JOB,
    "drift",
    metadata={"name": "drift"},
    spec={
        "jobTemplate": {
            "spec": {
                "template": {
                    "spec": {
                        "containers": [{"name": "check", "image": "evidently@sha256:0"}],
                        "volumes": [{"name": "models", "configMap": {"name": "drift"}}],
                    }
                }
            }
        }
    },
)


def _models(name: str) -> Resource:
    settings = f'[{{"model": "{name}"}}]'
    return resource(kinds.CONFIG_MAP, "drift", metadata={"name": "drift"}, data={"models.json": settings})


RULE = StackRule(
    id="kubernetes-drift-monitor",
    title="Every model served on the cluster has a drift monitor",
    pack="audit",
    severity=Severity.HIGH,
    types=_SERVED,
    why="A model decays silently; only a comparison of its requests with its training data shows that it does.",
    remedy="Name the model in what a drift monitor reads, its ConfigMap, arguments or environment, or in its alert:",
    code=(
        'kubernetes.core.v1.ConfigMap("drift", metadata={"name": "drift-models"}, '
        'data={"models.json": json.dumps([{"model": "fraud"}])})'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("9", "15", "26(5)", "72"),
        Framework.ISO_42001: ("A.6.2.6",),
        Framework.NIST_AI_RMF: ("MEASURE 2.4", "MANAGE 4.1"),
        Framework.SOC_2: ("CC7.2",),
    },
    config=ModelConfig,
    check=check,
    fails=example(_FRAUD, _MONITOR, _models("fraud-2")),
    passes=example(_FRAUD, _MONITOR, _models("fraud")),
)
