"""A machine's credentials cannot be fetched through a forged request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import INSTANCE, LAUNCH_TEMPLATE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(machine: Resource, _: RuleConfig) -> Messages:
    options = machine.props.block("metadataOptions")
    if options.text("httpEndpoint", "enabled") == "enabled" and options.text("httpTokens", "optional") != "required":
        yield "answers metadata requests of version 1"


RULE = ResourceRule(
    id="imds-v2",
    title="Instances answer metadata requests of version 2 only",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(LAUNCH_TEMPLATE, INSTANCE),
    why=("With version 1 any program that can be made to fetch an address hands out the machine's credentials."),
    remedy="Require session tokens:",
    code='metadata_options={"http_tokens": "required", "http_endpoint": "enabled"}',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.4.5",),
        Framework.SECURITY_HUB: ("EC2.8", "EC2.170"),
        Framework.SOC_2: ("CC6.1",),
    },
    check=check,
    fails=example(resource(LAUNCH_TEMPLATE, "trainers", instanceType="g5.xlarge")),
    passes=example(
        resource(LAUNCH_TEMPLATE, "trainers", instanceType="g5.xlarge", metadataOptions={"httpTokens": "required"})
    ),
)
