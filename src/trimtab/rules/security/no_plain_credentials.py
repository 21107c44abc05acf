"""Credentials are not written into a container's environment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.kinds import WORKLOADS
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.serving import containers
from trimtab.rules.tokens import DEPLOYMENT, SAGEMAKER_MODEL
from trimtab.rules.values import NotYetKnown, Opaque
from trimtab.rules.workloads import pod_containers

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_SENSITIVE = re.compile(r"(token|password|passwd|secret|api_?key|access_?key|private_?key)$", re.IGNORECASE)
# Names of things that hold a credential are not the credential.
_REFERENCE = re.compile(r"(arn|name|file|path|id)$", re.IGNORECASE)


def check(thing: Resource, _: RuleConfig) -> Messages:
    suspects = {name: value for name, value in _environment(thing) if _is_sensitive(name)}
    for name, value in suspects.items():
        if isinstance(value, str) and value:
            yield f"{name} is written in plain text"
    unknown = [name for name, value in suspects.items() if value is Opaque.UNKNOWN]
    if unknown:
        raise NotYetKnown(", ".join(unknown))


def _is_sensitive(name: str) -> bool:
    return bool(_SENSITIVE.search(name)) and not _REFERENCE.search(name)


def _environment(thing: Resource) -> list[tuple[str, object]]:
    if thing.type == SAGEMAKER_MODEL:
        return [item for container in containers(thing) for item in container.block("environment").raw.items()]
    entries = [entry for container in pod_containers(thing) for entry in container.blocks("env")]
    return [(entry.text("name"), entry.raw.get("value")) for entry in entries]


RULE = ResourceRule(
    id="no-plain-credentials",
    title="Containers hold no credentials in plain text",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(SAGEMAKER_MODEL, *WORKLOADS),
    why="Whoever may describe a model or a pod reads its environment; so does every log of the pipeline.",
    remedy="Refer to a secret instead of holding its value:",
    code='{"name": "HF_TOKEN", "valueFrom": {"secretKeyRef": {"name": "hugging-face", "key": "token"}}}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.NIST_AI_RMF: ("MEASURE 2.7",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            SAGEMAKER_MODEL,
            "llm",
            primaryContainer={"environment": {"HF_MODEL_ID": "org/model", "HF_TOKEN": "hf_example"}},
        )
    ),
    passes=example(
        resource(
            DEPLOYMENT,
            "llm",
            spec={
                "template": {
                    "spec": {
                        "containers": [
                            {
                                "name": "vllm",
                                "env": [
                                    {"name": "HF_TOKEN", "valueFrom": {"secretKeyRef": {"name": "hub", "key": "token"}}}
                                ],
                            }
                        ]
                    }
                }
            },
        )
    ),
)
