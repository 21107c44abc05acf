"""Models behind Ray Serve: a RayService, whose pods Ray's autoscaler adds and takes away."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving_base import Served
from trimtab.spec.cluster.serving_gpu import device_count
from trimtab.spec.cluster.serving_ray_apps import LlmApplication, RayApplication
from trimtab.spec.cluster.serving_ray_pods import IdleTimeout, OnRay

if TYPE_CHECKING:
    from trimtab.spec.cluster.secret import Token


class RayServing(Served, OnRay, IdleTimeout):
    """A RayService: applications, and the worker groups that they run on."""

    form: Literal["ray"]
    applications: Annotated[tuple[RayApplication, ...], Field(min_length=1, max_length=16)]

    @model_validator(mode="after")
    def _applications_differ(self) -> Self:
        for names in ([app.name for app in self.applications], [app.route_prefix for app in self.applications]):
            twins = [name for name, count in Counter(names).items() if count > 1]
            if twins:
                raise refuse(
                    "applications",
                    f"two applications have {twins[0]}",
                    allowed="each name and routePrefix once",
                    remedy="give one of them another name or routePrefix",
                )
        return self

    @model_validator(mode="after")
    def _workers_hold_the_models(self) -> Self:
        most = max(device_count(group.gpu) for group in self.workers)
        for number, app in enumerate(self.applications):
            if isinstance(app, LlmApplication) and app.engine.tensor_parallel_size > most:
                raise refuse(
                    f"applications[{number}].engine.tensorParallelSize",
                    f"tensorParallelSize {app.engine.tensor_parallel_size} is more than the {most} GPUs of a worker",
                    allowed=f"1 to {most}" if most else "any, with a worker group that has gpu",
                    remedy="give a worker group more GPUs, or lower tensorParallelSize",
                )
        for group in self.workers:
            group.gpu_memory_fits(self.gpu_memory_gib)
        return self

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        for number, app in enumerate(self.applications):
            if isinstance(app, LlmApplication) and app.model.token not in (None, self.token):
                raise refuse(
                    f"applications[{number}].model.token",
                    f"{app.name} has another token than the applications before it, and all pods have one",
                    allowed="one token for all models of a RayService",
                    remedy="use a token that may read all of them, or serve one in an entry of its own",
                )
        return self

    def llms(self) -> tuple[LlmApplication, ...]:
        """Return the applications that serve a model of the hub."""
        return tuple(app for app in self.applications if isinstance(app, LlmApplication))

    @property
    def token(self) -> Token | None:
        """The hub's token; `HF_TOKEN` is one variable of all pods, so there is one token at most."""
        return next((app.model.token for app in self.llms() if app.model.token), None)
