"""What the cluster serves is one commit of a model, or one digest."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.values import Props


_COMMIT = re.compile(r"^[0-9a-f]{40}$")
_HUB = "hf://"
_REGISTRY = "oci://"
# What servers call the model and its revision in their environment.
_NAMES = ("HF_MODEL_ID", "MODEL_ID")
_REVISIONS = ("HF_MODEL_REVISION", "MODEL_REVISION", "REVISION")
# Programs whose first bare word after `serve` is a model of the hub.
_SERVE = "serve"


def check(workload: Resource, _: RuleConfig) -> Messages:
    for pod in pods_of(workload):
        for container in pod.all_containers:
            yield from _uri(container.text("storageUri"))
            yield from _arguments([*container.texts("command"), *container.texts("args")])
            yield from _environment(container)


def _uri(uri: str) -> Messages:
    if uri.startswith(_HUB):
        model, _, revision = uri.removeprefix(_HUB).partition(":")
        yield from _judged(model, revision)
    elif uri.startswith(_REGISTRY) and "@sha256:" not in uri:
        yield f"storageUri = {uri} is a tag, not a digest"


def _arguments(words: list[str]) -> Messages:
    # A shell's command line is one argument.
    parts = [part for word in words for part in word.split()]
    model = _option(parts, "--model") or _option(parts, "--model-id") or _served(parts)
    if model:
        yield from _judged(model, _option(parts, "--revision"))


def _environment(container: Props) -> Messages:
    entries = {entry.text("name"): entry for entry in container.blocks("env")}
    model = next((entries[name].text("value") for name in _NAMES if name in entries), "")
    revision = next((entries[name].text("value") for name in _REVISIONS if name in entries), "")
    if model:
        yield from _judged(model, revision)


def _judged(model: str, revision: str) -> Messages:
    # A path is a model that was brought along; a bucket's objects are versioned by the bucket; and the hub's models
    # have an owner, so that any other word is a name of the program's own.
    if model.startswith(("/", ".", "s3://", "$")) or "/" not in model or _COMMIT.match(revision):
        return
    yield f"{model} is loaded at revision {revision or 'main'}, which is not a commit"


def _option(words: list[str], name: str) -> str:
    for at, word in enumerate(words):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name and at + 1 < len(words):
            return words[at + 1]
    return ""


def _served(words: list[str]) -> str:
    following = [after for word, after in itertools.pairwise(words) if word == _SERVE]
    return next((word for word in following if not word.startswith("-")), "")


RULE = ResourceRule(
    id="kubernetes-model-pinned",
    title="Models served on the cluster are pinned to a commit or a digest",
    pack="versioning",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=kinds.WORKLOADS,
    why="Without a revision each new pod loads what the repository holds then; two replicas may answer differently.",
    remedy="Name the commit beside the model:",
    code='"args": ["--model", "org/model", "--revision", "<40 hexadecimal digits of the commit>"]',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.5", "A.10.3"),
        Framework.NIST_AI_RMF: ("MANAGE 3.2", "GOVERN 6.1"),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(
        resource(
            kinds.INFERENCE_SERVICE,
            "llm",
            spec={"predictor": {"model": {"modelFormat": {"name": "huggingface"}, "storageUri": "hf://org/model"}}},
        )
    ),
    passes=example(
        resource(
            kinds.INFERENCE_SERVICE,
            "llm",
            spec={"predictor": {"model": {"storageUri": "hf://org/model:" + "0123456789" * 4}}},
        )
    ),
)
