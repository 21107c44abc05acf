"""What watches models for drift on a cluster, and which models it is told to watch: followed through what it reads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.tokens import DEPLOYMENT, STATEFUL_SET
from trimtab.rules.values import Opaque
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props
    from trimtab.rules.workloads import Pod

WORKLOADS = (DEPLOYMENT, STATEFUL_SET, kinds.CRON_JOB)
_SELECTOR = re.compile(r"(?P<metric>[a-zA-Z_:][\w:]*)\s*\{(?P<labels>[^}]*)\}")
_MATCHER = re.compile(r"\w+\s*=~?\s*\"(?P<value>[^\"]*)\"")


def told(stack: Stack, watcher: str, besides: Resource) -> Iterator[object]:
    """Every text by which a drift monitor of the stack may be told what to watch, opaque ones included.

    Args:
        stack: the stack.
        watcher: expression that the image, command, name or labels of a monitor match, and the metrics of its alerts.
        besides: what is watched; it does not watch itself.
    """
    what = re.compile(watcher, re.IGNORECASE)
    for workload in stack.of(*WORKLOADS):
        if workload.urn != besides.urn:
            for pod in pods_of(workload):
                if _is_watcher(workload, pod, what):
                    yield from _settings(workload, pod, stack)
    for rule in stack.of(kinds.PROMETHEUS_RULE):
        for group in rule.props.block("spec").blocks("groups"):
            for alert in group.blocks("rules"):
                yield from _selected(alert, what)


def is_named(texts: Iterable[object], names: frozenset[str]) -> bool | None:
    """Whether one of the texts names one of `names`; None where one that cannot be read may."""
    hidden = False
    for text in texts:
        if isinstance(text, str) and not names.isdisjoint(_words(text)):
            return True
        hidden = hidden or isinstance(text, Opaque)
    return None if hidden else False


def _is_watcher(workload: Resource, pod: Pod, what: re.Pattern[str]) -> bool:
    """Whether a workload says of itself that it looks for drift; what it is told to watch does not say so."""
    said: list[object] = [workload.name, *pod.labels.values(), *_leaves(workload.declared.get("metadata"))]
    for container in pod.containers:
        said += [container.raw.get("name"), container.raw.get("image"), *_leaves(container.raw.get("command"))]
        said += _leaves(container.raw.get("args"))
    return any(isinstance(text, str) and what.search(text) for text in said)


def _settings(workload: Resource, pod: Pod, stack: Stack) -> Iterator[object]:
    """What its containers are started with, and what lies in the ConfigMaps that they read."""
    for container in pod.containers:
        for field in ("command", "args", "env"):
            yield from _leaves(container.raw.get(field))
    named = set(_maps(pod))
    own = workload.props.block("metadata").raw.get("namespace")
    for one in stack.of(kinds.CONFIG_MAP):
        metadata = one.props.block("metadata")
        name = metadata.raw.get("name", one.name)
        if name in named and metadata.raw.get("namespace") == own:
            yield from _leaves(one.declared.get("data"))
        elif name in named and isinstance(own, Opaque):
            yield own


def _maps(pod: Pod) -> Iterator[object]:
    """The names of the ConfigMaps that a pod mounts or takes its environment from."""
    for volume in pod.spec.blocks("volumes"):
        sources = [volume, *volume.block("projected").blocks("sources")]
        yield from (source.block("configMap").raw.get("name") for source in sources)
    for container in pod.containers:
        yield from (source.block("configMapRef").raw.get("name") for source in container.blocks("envFrom"))
        for variable in container.blocks("env"):
            yield variable.block("valueFrom").block("configMapKeyRef").raw.get("name")


def _selected(alert: Props, what: re.Pattern[str]) -> Iterator[object]:
    """The label values that an alert on a drift metric selects."""
    expression = alert.raw.get("expr")
    if isinstance(expression, Opaque):
        yield expression
    elif isinstance(expression, str):
        for selector in _SELECTOR.finditer(expression):
            if what.search(selector["metric"]):
                for matcher in _MATCHER.finditer(selector["labels"]):
                    yield from matcher["value"].split("|")


def _words(text: str) -> Iterator[str]:
    """What a text names: the values of a JSON document, else the words of a command line or a settings file."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, (dict, list)):
        yield from (leaf for leaf in _leaves(document) if isinstance(leaf, str))
    else:
        yield from re.findall(r"[\w./-]+", text)


def _leaves(value: object) -> Iterator[object]:
    """Every value that is no container of values; keys name settings, not models."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield value
