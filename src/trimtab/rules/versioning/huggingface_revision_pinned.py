"""A model pulled from the Hugging Face hub is one commit of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.serving import containers
from trimtab.rules.tokens import SAGEMAKER_MODEL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_COMMIT = re.compile(r"^[0-9a-f]{40}$")


def check(model: Resource, _: RuleConfig) -> Messages:
    for container in containers(model):
        environment = container.block("environment")
        hub_id = environment.text("HF_MODEL_ID")
        # A path is a model that was brought along in the archive, not one of the hub.
        if not hub_id or hub_id.startswith("/"):
            continue
        revision = environment.text("HF_MODEL_REVISION")
        if not _COMMIT.match(revision):
            yield f"{hub_id} is loaded at revision {revision or 'main'}, which is not a commit"


RULE = ResourceRule(
    id="huggingface-revision-pinned",
    title="Hugging Face models are pinned to a commit",
    pack="versioning",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SAGEMAKER_MODEL,),
    why=("Without a revision the container loads whatever the repository's main branch holds when an instance starts."),
    remedy="Name the commit next to the model:",
    code=('"environment": {"HF_MODEL_ID": "org/model", "HF_MODEL_REVISION": "<40 hexadecimal digits of the commit>"}'),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.5", "A.10.3"),
        Framework.NIST_AI_RMF: ("MANAGE 3.2", "GOVERN 6.1"),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_MODEL, "llm", primaryContainer={"environment": {"HF_MODEL_ID": "org/model"}})),
    passes=example(
        resource(
            SAGEMAKER_MODEL,
            "llm",
            primaryContainer={"environment": {"HF_MODEL_ID": "org/model", "HF_MODEL_REVISION": "0123456789" * 4}},
        )
    ),
)
