"""A key that was deleted by mistake can still be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import KMS_KEY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class WindowConfig(ProductionConfig):
    """How long a key must wait."""

    days: int = Field(30, ge=7, le=30, description="Fewest days between the request and the deletion.")


def check(key: Resource, config: WindowConfig) -> Messages:
    days = key.props.number("deletionWindowInDays", 30)
    if is_production(key, config) and days < config.days:
        yield f"is deleted after {days:g} days, not {config.days}"


RULE = ResourceRule(
    id="key-deletion-window",
    title="KMS keys wait a month before they are deleted",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(KMS_KEY,),
    why="Deleting a key deletes everything that it encrypted; the waiting time is the only way back.",
    remedy="Leave the longest window:",
    code='aws.kms.Key("platform", deletion_window_in_days=30, enable_key_rotation=True)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.2",)},
    config=WindowConfig,
    check=check,
    fails=example(resource(KMS_KEY, "platform", deletionWindowInDays=7)),
    passes=example(resource(KMS_KEY, "platform")),
)
