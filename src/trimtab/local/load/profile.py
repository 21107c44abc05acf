"""What the players ask of the local cloud, as a YAML file says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.spec.base import SpecModel
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

Share = Annotated[float, Field(ge=0, le=1)]
Work = Annotated[float, Field(ge=0, le=1000)]


class Demand(SpecModel):
    """Work over the week, in instances' worth: 1.0 keeps one instance fully busy."""

    shape: Literal["office-hours", "round-the-clock", "nightly-batch"]
    base: Work
    """Work in the quiet hours."""
    peak: Work
    """Work in the busiest hour of a working day."""
    weekend: Share = 1.0
    """Share of a working day's demand on Saturday and Sunday."""
    noise: Share = 0.1
    """Standard deviation of five-minute noise, as a share of the demand."""


class EndpointLoad(SpecModel):
    """Requests to the endpoints whose name matches."""

    match: str
    """Shell pattern over the endpoint's name: `*-fraud-scorer`."""
    demand: Demand
    requests_per_instance_minute: Annotated[float, Field(gt=0)] = 600.0
    """Requests a minute that keep one instance fully busy."""
    latency_ms: Annotated[float, Field(gt=0)] = 40.0
    """Latency of a request that waits for nobody."""
    memory_share: Share = 0.4
    """Share of an instance's memory that the loaded model takes."""
    gpu_memory_share: Share = 0.35


class PoolLoad(SpecModel):
    """Training jobs on the auto scaling groups whose name matches."""

    match: str
    demand: Demand
    gpu_memory_share: Share = 0.5


class Profile(SpecModel):
    """The whole load."""

    history_days: Annotated[int, Field(ge=1, le=14)] = 14
    """Days played backwards at the start; CloudWatch takes two weeks at most."""
    live_seconds: Annotated[int, Field(ge=1, le=60)] = 5
    """Seconds between live samples."""
    endpoints: tuple[EndpointLoad, ...] = ()
    pools: tuple[PoolLoad, ...] = ()


def read_profile(path: Path) -> Profile:
    """Read a load profile.

    Raises:
        UserError: the file is missing, is no YAML, or names a field or value that is not allowed.
    """
    remedy = "see examples/demo/load.yaml for one that works."
    try:
        return Profile.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UserError(f"load profile {path}: {error.strerror}", remedy=remedy) from error
    except YAMLError as error:
        raise UserError(f"load profile {path}: not YAML: {error}", remedy=remedy) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UserError(f"load profile {path}: {where} = {first['input']!r}: {first['msg']}", remedy=remedy) from error
