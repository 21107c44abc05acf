"""Feast on the cluster: the same features in training and in serving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.feast_stores import (
    FileOfflineStore,
    OfflineStore,
    OnlineStore,
    RedisOnlineStore,
    Registry,
    S3Registry,
)
from trimtab.spec.cluster.feast_views import (  # noqa: TC001  pydantic reads them at run time
    FeastEntity,
    FeastName,
    FeastService,
    FeastView,
)
from trimtab.spec.cluster.pods import Resources
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.web_service import WebService
from trimtab.spec.units import Cron, Seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Materialisation(SpecModel):
    """The job that brings new rows into the online store."""

    schedule: Cron = "15 * * * *"
    """When; each run takes what came since the last one."""
    resources: Resources = Resources(cpu_millicores=500, memory_mib=2048)
    deadline_seconds: Seconds = 3600
    """After which a run is ended; the next one takes up what it left."""


class Feast(WebService):
    """The feature repository, its stores, its server, and the job between them."""

    resources: Resources = Resources(cpu_millicores=500, memory_mib=1024)
    project: FeastName
    entities: Annotated[tuple[FeastEntity, ...], Field(min_length=1)]
    views: Annotated[tuple[FeastView, ...], Field(min_length=1)]
    services: tuple[FeastService, ...] = ()
    registry: Registry = S3Registry()
    registry_cache_seconds: Seconds = 60
    """How long a pod may not know of a change of the registry."""
    online_store: OnlineStore = RedisOnlineStore()
    offline_store: OfflineStore = FileOfflineStore()
    materialisation: Materialisation = Materialisation()
    workers: Annotated[int, Field(ge=1, le=32)] = 2
    """Worker processes of a feature server's pod."""

    @model_validator(mode="after")
    def _names_hold(self) -> Self:
        views = [view.name for view in self.views]
        _once("entities", (entity.name for entity in self.entities))
        _once("views", views)
        _once("services", (service.name for service in self.services))
        for path, name in self._mentioned_entities():
            _known(path, name, [entity.name for entity in self.entities], "entities")
        for number, service in enumerate(self.services):
            for place, view in enumerate(service.views):
                _known(f"services[{number}].views[{place}]", view, views, "views")
        return self

    @model_validator(mode="after")
    def _columns_differ(self) -> Self:
        keys = {entity.name: entity.join_key for entity in self.entities}
        for number, view in enumerate(self.views):
            taken = {keys[name]: "the join key of an entity" for name in view.entities}
            taken |= {view.timestamp_field: "timestampField"}
            for place, field in enumerate(view.fields):
                if field.name in taken:
                    raise refuse(
                        f"views[{number}].fields[{place}].name",
                        f"the feature {field.name} is {taken[field.name]} already",
                        allowed="each column of a view once",
                        remedy=f"rename the feature {field.name}, or leave it out",
                    )
                taken[field.name] = "a feature of the view"
        return self

    def _mentioned_entities(self) -> Iterator[tuple[str, str]]:
        for number, view in enumerate(self.views):
            for place, name in enumerate(view.entities):
                yield f"views[{number}].entities[{place}]", name


def _once(where: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise refuse(
                where, f"{where} declares {name} more than once", allowed="each name once", remedy=f"rename one {name}"
            )
        seen.add(name)


def _known(path: str, name: str, declared: list[str], where: str) -> None:
    if name not in declared:
        raise refuse(
            path,
            f"{path} names {name}, which {where} does not declare",
            allowed=", ".join(declared),
            remedy=f"declare {name} under {where}, or name one of those",
        )
