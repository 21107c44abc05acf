"""Runs in AWS Lambda: reads a captured file and starts a human loop for each answer that people should see.

One file, the standard library and boto3, which Lambda brings. Captured files hold one JSON object a line
(https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html).

Starting a loop twice does no harm: its name is made of the answer's event id, and Augmented AI refuses a second one
of a name. So a file that failed half-way is simply read again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HUNDRED = 100.0
STEPS = 2**32
LONGEST_NAME, DIGEST_DIGITS = 30, 32


@dataclass(frozen=True)
class Settings:
    """Which answers are reviewed; shares in percent.

    Attributes:
        endpoint: the endpoint's name in its declaration.
        below: answers of a lower confidence are reviewed; None: none for that.
        sampled: share of the other answers.
        score: `confidence`, or `probability` of one of two classes.
        at: where the number lies in the answer.
    """

    endpoint: str
    below: float | None
    sampled: float
    score: str
    at: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """Read the function's environment."""
        below = environment["BELOW_CONFIDENCE"]
        return cls(
            environment["ENDPOINT"],
            float(below) if below else None,
            float(environment["SAMPLED"]),
            environment["SCORE"],
            environment["SCORE_AT"],
        )


def handler(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Review one captured file, named by an EventBridge event of S3."""
    boto3 = import_module("boto3")  # Lambda brings it: whoever declares this function needs none.

    detail = event["detail"]
    where = {"Bucket": detail["bucket"]["name"], "Key": detail["object"]["key"]}
    lines = boto3.client("s3").get_object(**where)["Body"].iter_lines()
    reviews = boto3.client("sagemaker-a2i-runtime")
    started = 0
    for name, content in tasks(lines, Settings.of(os.environ)):
        try:
            reviews.start_human_loop(
                HumanLoopName=name,
                FlowDefinitionArn=os.environ["FLOW_ARN"],
                HumanLoopInput={"InputContent": json.dumps(content)},
            )
        except reviews.exceptions.ConflictException:
            continue
        started += 1
    return {"started": started}


def tasks(lines: Iterator[bytes], settings: Settings) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the loop's name and what the task shows, for each answer that people should see."""
    for line in lines:
        if not line.strip():
            continue
        record = json.loads(line)
        captured, meta = record["captureData"], record["eventMetadata"]
        answer = _text(captured.get("endpointOutput", {}))
        why = reason(meta["eventId"], answer, settings)
        if why:
            yield (
                loop_name(settings.endpoint, meta["eventId"]),
                {
                    "endpoint": settings.endpoint,
                    "eventId": meta["eventId"],
                    "at": meta.get("inferenceTime", ""),
                    "why": why,
                    "request": _text(captured.get("endpointInput", {})),
                    "answer": answer,
                },
            )


def reason(event_id: str, answer: str, settings: Settings) -> str:
    """Say why people should see an answer; empty where they need not."""
    if settings.below:
        found = confidence(answer, settings)
        if found is None:
            return "its confidence cannot be read"
        if found * HUNDRED < settings.below:
            return f"the model is unsure: {found:.3f}"
    return "part of the sample" if _share(event_id) < settings.sampled else ""


def confidence(answer: str, settings: Settings) -> float | None:
    """How sure the model is, 0 to 1; None where the answer does not say."""
    number = _number(answer, settings.at)
    if number is None or not 0 <= number <= 1:
        return None
    return max(number, 1 - number) if settings.score == "probability" else number


def loop_name(endpoint: str, event_id: str) -> str:
    """Return the loop's name: the same for the same answer, within the 63 characters that A2I takes."""
    return f"{endpoint[:LONGEST_NAME]}-{hashlib.sha256(event_id.encode()).hexdigest()[:DIGEST_DIGITS]}"


def _share(event_id: str) -> float:
    """Where an answer stands between 0 and 100: by its id, so that a second reading chooses the same ones."""
    return int.from_bytes(hashlib.sha256(event_id.encode()).digest()[:4], "big") / STEPS * HUNDRED


def _text(side: dict[str, Any]) -> str:
    data = str(side.get("data", ""))
    if side.get("encoding") == "BASE64":
        return base64.b64decode(data).decode("utf-8", "replace")
    return data


def _number(answer: str, at: str) -> float | None:
    """The number at a JSON path or, of a CSV row, in a column."""
    steps = at.split(".")
    try:
        found = json.loads(answer)
        if isinstance(found, (dict, list)):
            for step in steps:
                found = found[int(step)] if isinstance(found, list) else found[step]
            return float(found)
    except (ValueError, KeyError, IndexError, TypeError):
        pass
    try:
        return float(answer.strip().splitlines()[0].split(",")[int(steps[0])])
    except (ValueError, IndexError):
        return None
