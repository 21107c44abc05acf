"""SageMaker notebook instances that run day and night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import AccountKind, Found, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

# Ten hours on five days of a week's 168: what a person at a notebook can be there at most.
_AWAKE = 50 / 168


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    sagemaker = client_of("sagemaker", region)
    for page in sagemaker.get_paginator("list_notebook_instances").paginate(StatusEquals="InService"):
        for notebook in page["NotebookInstances"]:
            facts = {
                "type": notebook["InstanceType"],
                "lifecycle": notebook.get("NotebookInstanceLifecycleConfigName") or "",
                "since": notebook["LastModifiedTime"].isoformat(),
            }
            tags = tags_of(sagemaker.list_tags(ResourceArn=notebook["NotebookInstanceArn"])["Tags"])
            # Starting and stopping modify it: since the last time it has been running without a pause.
            yield Found(notebook["NotebookInstanceName"], region, facts, tags, notebook["LastModifiedTime"])


def _judge(one: Found, _: Use) -> Verdict | None:
    if one.text("lifecycle"):
        return None  # A lifecycle script is where stopping when idle is done; what it does is not known.
    charge = Charge(one.text("type"), 1.0, "sagemaker")
    return Verdict(
        "stop",
        f"it has been running without a pause since {one.text('since')[:10]}, and nothing stops it when it idles",
        (charge,),
        (Charge(charge.item, _AWAKE, "sagemaker"),),
        cautions=("the saving is that of nights and weekends; whether somebody computes through them is not measured",),
    )


NOTEBOOK = AccountKind(
    id="sagemaker-notebook",
    title="SageMaker notebook",
    found="Runs without a pause and without a lifecycle script.",
    proposed="Stop it at nights and weekends.",
    never_cross="One with a lifecycle script is left alone, and none is deleted: its volume is somebody's work.",
    permissions=("sagemaker:ListNotebookInstances", "sagemaker:ListTags"),
    read=_read,
    judge=_judge,
)
