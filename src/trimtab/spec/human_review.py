"""People who look at a model's answers (EU AI Act, article 14): who, at which answers, and how long that is kept."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.units import Days, EachOnce, Percent

Outcome = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$",
        description="Letters, digits, spaces, hyphens and underscores, 1 to 40 characters.",
    ),
]
PlainText = Annotated[
    str,
    Field(
        pattern=r"^[^{}]{1,2000}$",
        description="Text of 1 to 2000 characters without braces, which the task's template would read as its own.",
    ),
]


class ExistingTeam(SpecModel):
    """A work team that stands already."""

    type: Literal["existing"]
    workteam_arn: Annotated[
        str,
        Field(
            pattern=r"^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:workteam/private-crowd/[A-Za-z0-9-]{1,63}$",
            description="ARN of a private work team; the public workforce must not see what a model decides on.",
        ),
    ]


class CognitoTeam(SpecModel):
    """A work team of one user group of a Cognito pool."""

    type: Literal["cognito"]
    user_pool_id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9-]+_[0-9a-zA-Z]{1,45}$", description="Id of a user pool, eu-west-1_AbCdEfGhI.")
    ]
    client_id: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_+]{1,128}$",
            description="Id of the pool's app client that the worker portal uses, letters and digits.",
        ),
    ]
    user_group: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_.+-]{1,128}$", description="Name of a group of the pool, without spaces.")
    ]
    workforce: Literal["existing", "own"] = "existing"
    """Who registers the pool as the private workforce. An account has one a region: `own` where it has none yet."""


Team = Annotated[ExistingTeam | CognitoTeam, Field(discriminator="type")]


class ReviewedAnswers(SpecModel):
    """Which of the captured answers people look at: those that the model is unsure of, and a sample of the others."""

    below_confidence_percent: Percent | None = None
    """Every answer whose confidence is lower, and every one whose confidence cannot be read; absent: none for that."""
    sampled_percent: Annotated[float, Field(ge=0, le=100)] = 1.0
    """Share of the other answers, so that people also see what the model is sure of."""
    score: Literal["confidence", "probability"] = "confidence"
    """What the answer's number is: the confidence itself, or the probability p of one of two classes, of which
    max(p, 1 - p) is the confidence."""
    score_attribute: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$",
            description="A CSV column counted from 0, or a JSON path a.0.b.",
        ),
    ] = "0"
    """Where the number, 0 to 1, lies in the captured answer."""

    @model_validator(mode="after")
    def _somebody_sees_something(self) -> Self:
        if not self.below_confidence_percent and not self.sampled_percent:
            raise PydanticCustomError(
                "nobody_reviews",
                "no answer would be reviewed",
                {
                    "field": "sampledPercent",
                    "allowed": "a sample above 0, or belowConfidencePercent above 0",
                    "remedy": "set sampledPercent to 1",
                },
            )
        return self


class HumanReview(SpecModel):
    """Amazon Augmented AI: a task for each chosen answer, done by a private work team, its result kept."""

    team: Team
    instructions: PlainText
    """What reviewers are told: what is decided, and by which rule."""
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=2, max_length=20), EachOnce]
    """What a reviewer may decide."""
    template: Annotated[str, Field(min_length=1, max_length=128_000)] | None = None
    """A Liquid template of one's own for the task; `task.input` has `request`, `answer`, `endpoint`, `why`,
    `eventId` and `at`. Absent: request and answer beside the outcomes."""
    answers: ReviewedAnswers = ReviewedAnswers()
    reviewers: Annotated[int, Field(ge=1, le=3)] = 1
    """How many people look at the same answer, each alone."""
    minutes_for_task: Annotated[int, Field(ge=1, le=480)] = 30
    hours_open: Annotated[int, Field(ge=1, le=240)] = 24
    """How long a task waits for a reviewer before it expires."""
    kept_days: Days = 365
    """Object lock (compliance mode) on what reviewers decided."""
