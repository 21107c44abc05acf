"""The sets of series that the replay judges, read from the shared data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True)
class MachineSet:
    """Machines in one file; every demand metric that is there counts.

    Attributes:
        source: whose they are; sets of one source share machines or habits.
    """

    name: str
    file: str
    source: str


@dataclass(frozen=True)
class FleetSet:
    """A fleet in one file.

    Attributes:
        prefix: members are the resources whose id begins with it.
        metric: what demand is summed from.
        replicas: what is paid for; the sum of requests is scaled so that the first part's peak is 80 % of it.
        bounded: the demand is a share of what is there.
    """

    name: str
    file: str
    metric: str
    prefix: str = ""
    replicas: int = 0
    bounded: bool = False


MACHINES = (
    MachineSet("bitbrains", "machines/bitbrains.parquet", "bitbrains"),
    MachineSet("bitbrains fast", "machines/bitbrains_fast.parquet", "bitbrains fast"),
    MachineSet("azure average", "machines/azure_average.parquet", "azure"),
    MachineSet("azure maximum", "machines/azure_maximum.parquet", "azure"),
)

# Two sizes of the same load: with few replicas the rounding to whole ones is most of the headroom.
FLEETS = (
    FleetSet("gpu serving fleet", "gpu-serving-fleet/usage.parquet", "gpu_utilization_percent"),
    *(
        FleetSet(
            f"llm {model}, {size}",
            "requests/llm_clients.parquet",
            "requests_per_second",
            f"servegen-m-{model}-",
            size,
        )
        for model in ("small", "mid", "large")
        for size in (10, 40)
    ),
    FleetSet("web server, 20", "requests/web_server.parquet", "requests_per_second", replicas=20),
)
