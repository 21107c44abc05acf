"""Container images without a tag, which nothing can be started from by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from trimtab.cost.account.base import GIB, AccountKind, Found, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

# A rollback by digest goes back a few releases; a month holds those of a team that releases weekly.
_DAYS = 30


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    ecr = client_of("ecr", region)
    for page in ecr.get_paginator("describe_repositories").paginate():
        for repository in page["repositories"]:
            name = repository["repositoryName"]
            images = [
                image
                for images in ecr.get_paginator("describe_images").paginate(repositoryName=name)
                for image in images["imageDetails"]
            ]
            old = [image for image in images if not image.get("imageTags") and _is_old(image)]
            facts = {
                "images": len(images),
                "oldUntagged": len(old),
                "oldBytes": sum(image.get("imageSizeInBytes", 0) for image in old),
                "lifecyclePolicy": _has_policy(ecr, name),
            }
            tags = tags_of(ecr.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"])
            yield Found(name, region, facts, tags, repository.get("createdAt"))


def _is_old(image: dict[str, Any]) -> bool:
    pushed: datetime = image["imagePushedAt"]
    return pushed < datetime.now(tz=UTC) - timedelta(days=_DAYS)


def _has_policy(ecr: Any, name: str) -> bool:
    try:
        ecr.get_lifecycle_policy(repositoryName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "LifecyclePolicyNotFoundException":
            return False
        raise
    return True


def _judge(one: Found, _: Use) -> Verdict | None:
    if one.facts["lifecyclePolicy"] or not one.facts["oldUntagged"]:
        return None
    gib = one.number("oldBytes") / GIB
    return Verdict(
        "add",
        f"no lifecycle policy; {one.number('oldUntagged'):g} of {one.number('images'):g} images have no tag and are "
        f"older than {_DAYS} days ({gib:,.2f} GiB)",
        (Charge("ecr-gib", gib),),
        changes={"lifecyclePolicy": f"expire untagged images {_DAYS} days after their push"},
        cautions=("layers that tagged images share are paid for once and stay",),
    )


ECR_REPOSITORY = AccountKind(
    id="ecr-repository",
    title="ECR repository",
    found="Untagged images are older than a month, and there is no lifecycle policy.",
    proposed="Add the policy.",
    never_cross="An image with a tag is never expired, and none that was pushed in the last month.",
    permissions=(
        "ecr:DescribeRepositories",
        "ecr:DescribeImages",
        "ecr:GetLifecyclePolicy",
        "ecr:ListTagsForResource",
    ),
    read=_read,
    judge=_judge,
    ages=False,
)
