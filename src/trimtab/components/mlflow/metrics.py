"""A container beside the server that answers Prometheus from the files which the server's processes count in.

MLflow itself answers under `/metrics`, where its users' login would be asked for; and behind a login proxy it listens
to its own pod only. The files are those of prometheus_client's multiprocess mode, which `--expose-prometheus` turns on.
"""

from __future__ import annotations

from trimtab.components.kube.web import Container
from trimtab.components.mlflow.settings import METRICS_FOLDER, METRICS_VARIABLE
from trimtab.spec.cluster.pods import Resources

PORT = 9464
MOST_MIB = 64
"""Of the files: a few KiB a process and a label's value."""
_SERVE = """\
import sys, threading
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
start_http_server(int(sys.argv[1]), registry=registry)
threading.Event().wait()
"""


def metrics_command(port: int = PORT) -> tuple[str, ...]:
    """Return what answers Prometheus; it reads PROMETHEUS_MULTIPROC_DIR, a folder that is there."""
    return ("python", "-c", _SERVE, str(port))


def exporter(image: str) -> Container:
    """Return the container; `image` is the server's, which has prometheus-flask-exporter."""
    return Container(
        name="metrics",
        image=image,
        command=metrics_command(),
        environment={METRICS_VARIABLE: METRICS_FOLDER, "HOME": "/tmp"},  # noqa: S108  a volume of the pod
        resources=Resources(cpu_millicores=50, memory_mib=128),
        metrics=PORT,
        mounts={METRICS_FOLDER: "metrics"},
    )
