"""Which captured answers people see: by confidence, by sample, and never the same one twice."""

from __future__ import annotations

import base64
import json

import pytest

from trimtab.components.human_review.function.send_reviews import Settings, confidence, loop_name, reason, tasks

UNSURE = Settings("fraud", below=80, sampled=0, score="probability", at="0")


def line(event: str, answer: str, encoding: str = "CSV") -> bytes:
    said = {"data": answer, "encoding": encoding}
    captured = {"endpointInput": {"data": "12.5,DE", "encoding": "CSV"}, "endpointOutput": said}
    meta = {"eventId": event, "inferenceTime": "2026-11-25T07:00:00Z"}
    return json.dumps({"captureData": captured, "eventMetadata": meta, "eventVersion": "0"}).encode()


@pytest.mark.parametrize(
    ("answer", "at", "score", "found"),
    [
        ("0.97,x", "0", "confidence", 0.97),
        ("x,0.25\n0.5,0.9", "1", "confidence", 0.25),
        ("0.125", "0", "probability", 0.875),
        ('{"predictions": [{"score": 0.75}]}', "predictions.0.score", "confidence", 0.75),
        ("[0.25, 0.75]", "1", "confidence", 0.75),
        ('{"predictions": []}', "predictions.0.score", "confidence", None),
        ("", "0", "confidence", None),
        ("NaN", "0", "confidence", None),
        ("3.5", "0", "confidence", None),
        ("fraud", "0", "confidence", None),
    ],
)
def test_confidence_is_read_or_unknown(answer: str, at: str, score: str, found: float | None) -> None:
    assert confidence(answer, Settings("fraud", 80, 0, score, at)) == found


def test_people_see_what_the_model_is_unsure_of() -> None:
    lines = [line("a", "0.99"), b"", line("b", "0.5"), line("c", "?"), line("d", "0.02")]
    shown = dict(tasks(iter(lines), UNSURE))
    assert [content["why"] for content in shown.values()] == [
        "the model is unsure: 0.500",
        "its confidence cannot be read",
    ]
    first = shown[loop_name("fraud", "b")]
    assert (first["request"], first["answer"], first["at"]) == ("12.5,DE", "0.5", "2026-11-25T07:00:00Z")


def test_an_answer_in_base64_is_shown_as_text() -> None:
    encoded = base64.b64encode(b"0.5").decode()
    ((_, content),) = tasks(iter([line("a", encoded, "BASE64")]), UNSURE)
    assert content["answer"] == "0.5"


def test_a_sample_is_a_share_and_the_same_at_each_reading() -> None:
    sampling = Settings("fraud", below=None, sampled=10, score="confidence", at="0")
    chosen = [number for number in range(2000) if reason(str(number), "0.99", sampling)]
    assert 150 < len(chosen) < 250
    assert chosen == [number for number in range(2000) if reason(str(number), "0.01", sampling)]
    everything = Settings("fraud", below=None, sampled=100, score="confidence", at="0")
    assert all(reason(str(number), "", everything) for number in range(100))


def test_a_loops_name_is_what_augmented_ai_takes() -> None:
    name = loop_name("a" * 30, "72f3a4a1-7b4b-4e4f-8a49-1b2f3c4d5e6f")
    assert len(name) <= 63
    assert name == loop_name("a" * 30, "72f3a4a1-7b4b-4e4f-8a49-1b2f3c4d5e6f") != loop_name("a" * 30, "other")


def test_settings_are_read_from_the_environment() -> None:
    which = {"BELOW_CONFIDENCE": "", "SAMPLED": "0.5"}
    environment = {"ENDPOINT": "fraud", **which, "SCORE": "confidence", "SCORE_AT": "0"}
    assert Settings.of(environment) == Settings("fraud", None, 0.5, "confidence", "0")
    assert Settings.of({**environment, "BELOW_CONFIDENCE": "80"}).below == 80
