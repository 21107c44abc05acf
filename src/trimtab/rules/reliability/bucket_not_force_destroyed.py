"""A production bucket is not emptied on the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import BUCKET, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(bucket: Resource, config: ProductionConfig) -> Messages:
    if is_production(bucket, config) and bucket.props.flag("forceDestroy"):
        yield "is emptied when it is destroyed or replaced"


RULE = ResourceRule(
    id="bucket-not-force-destroyed",
    title="Production buckets are not destroyed with their content",
    pack="reliability",
    severity=Severity.HIGH,
    types=BUCKETS,
    why="With force_destroy a replacement deletes every object, all versions included.",
    remedy="Leave force_destroy off in production:",
    code='aws.s3.Bucket("data", force_destroy=False, opts=pulumi.ResourceOptions(protect=True))',
    frameworks={Framework.EU_AI_ACT: ("10",), Framework.ISO_42001: ("A.4.3",), Framework.SOC_2: ("A1.2",)},
    config=ProductionConfig,
    check=check,
    fails=example(resource(BUCKET, "data", forceDestroy=True)),
    passes=example(resource(BUCKET, "data", forceDestroy=True, tags={"Environment": "dev"})),
)
