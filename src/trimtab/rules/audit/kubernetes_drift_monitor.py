"""Somebody compares what a model on the cluster is asked with what it was trained on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import DEPLOYMENT
from trimtab.rules.values import NotYetKnown, Opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


_DRIFT = re.compile("drift", re.IGNORECASE)
_MONITORS = (kinds.PROMETHEUS_RULE, kinds.CONFIG_MAP, kinds.CRON_JOB, DEPLOYMENT)
_SERVED = (*kinds.SERVING, DEPLOYMENT)


class ModelConfig(RuleConfig):
    """How an object says which model it serves."""

    label: str = Field(
        "trimtab.dev/model",
        description="The label with the model's name; a Deployment without it serves none, other kinds their own name.",
    )


def check(served: Resource, stack: Stack, config: ModelConfig) -> Messages:
    model = _model_of(served, config)
    if not model:
        return
    names = re.compile(rf"(?<![\w-]){re.escape(model)}(?![\w-])")
    hidden = False
    for monitor in stack.of(*_MONITORS):
        if monitor.urn == served.urn:
            continue
        texts = list(_texts(dict(monitor.declared)))
        known = [text for text in texts if isinstance(text, str)]
        if any(_DRIFT.search(text) for text in [monitor.name, *known]):
            if any(names.search(text) for text in known):
                return
            hidden = hidden or len(known) < len(texts)
    if hidden:
        raise NotYetKnown("which models the drift monitor watches")
    yield f"no drift monitor of this stack names {model}"


def _model_of(served: Resource, config: ModelConfig) -> str:
    """The model's name; empty for what serves none."""
    metadata = served.props.block("metadata")
    labelled = metadata.block("labels").text(config.label)
    if labelled or served.type == DEPLOYMENT:
        return labelled
    return metadata.text("name", served.name)


def _texts(value: object) -> Iterator[object]:
    """Every text in a value, keys included, and the markers of what cannot be read."""
    if isinstance(value, (str, Opaque)):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


RULE = StackRule(
    id="kubernetes-drift-monitor",
    title="Every model served on the cluster has a drift monitor",
    pack="audit",
    severity=Severity.HIGH,
    types=_SERVED,
    why="A model decays silently; only a comparison of its requests with its training data shows that it does.",
    remedy="Name the model in a drift monitor: its settings, its job, or an alert about drift:",
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
    fails=example(
        resource(kinds.INFERENCE_SERVICE, "fraud", metadata={"name": "fraud"}),
        resource(kinds.CONFIG_MAP, "drift", metadata={"name": "drift"}, data={"models.json": '[{"model": "fraud-2"}]'}),
    ),
    passes=example(
        resource(kinds.INFERENCE_SERVICE, "fraud", metadata={"name": "fraud"}),
        resource(kinds.CONFIG_MAP, "drift", metadata={"name": "drift"}, data={"models.json": '[{"model": "fraud"}]'}),
    ),
)
