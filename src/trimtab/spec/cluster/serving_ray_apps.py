"""Applications of Ray Serve: a language model, or the team's own code."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving_model import Engine, HubModel
from trimtab.spec.units import Count, Name

RoutePrefix = Annotated[
    str, Field(pattern=r"^/[A-Za-z0-9_/-]*$", description="Where the application answers, / or /chat.")
]


class DeploymentScaling(SpecModel):
    """Replicas of one Serve deployment; Ray's autoscaler adds the pods that they need."""

    min_replicas: Count = 1
    max_replicas: Annotated[Count, Field(ge=1)] = 1
    target_ongoing_requests: Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)] = 2
    """Requests at once that one replica bears."""

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_replicas > self.max_replicas:
            raise refuse(
                "minReplicas",
                f"minReplicas {self.min_replicas} is more than maxReplicas {self.max_replicas}",
                allowed=f"0 to {self.max_replicas}",
                remedy="lower minReplicas or raise maxReplicas",
            )
        return self


class LlmApplication(SpecModel):
    """A language model by Ray Serve LLM, with vLLM under it and OpenAI's API above it."""

    type: Literal["llm"]
    name: Name
    route_prefix: RoutePrefix = "/"
    model: HubModel
    engine: Engine
    scaling: DeploymentScaling = DeploymentScaling()


class ServeDeployment(SpecModel):
    """A deployment of the team's own code, where its settings differ from the code's."""

    name: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_]{1,64}$", description="The deployment's name in the code: a class or so.")
    ]
    scaling: DeploymentScaling = DeploymentScaling()
    cpus: Annotated[float, Field(ge=0, le=192, allow_inf_nan=False)] = 1
    """CPUs that one replica reserves of its pod."""
    gpus: Annotated[float, Field(ge=0, le=16, allow_inf_nan=False)] = 0
    """GPUs that one replica reserves of its pod; a fraction shares one."""


class CodeApplication(SpecModel):
    """The team's own Serve application, in the image or in an archive."""

    type: Literal["code"]
    name: Name
    route_prefix: RoutePrefix = "/"
    import_path: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_]*$",
            description="MODULE:APPLICATION, app.main:application.",
        ),
    ]
    args: Annotated[dict[str, JsonValue], Field(default_factory=dict)]
    """What an application builder is called with."""
    working_dir: (
        Annotated[str, Field(pattern=r"^(s3|https)://\S+\.zip$", description="An archive, s3://BUCKET/APP.zip.")] | None
    ) = None
    environment: Annotated[dict[str, str], Field(default_factory=dict)]
    """Environment variables of its replicas; no secrets."""
    deployments: tuple[ServeDeployment, ...] = ()


RayApplication = Annotated[LlmApplication | CodeApplication, Field(discriminator="type")]
