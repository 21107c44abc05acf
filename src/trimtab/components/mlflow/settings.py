"""How the MLflow server is started: its command line and its environment, as a pure function of the declaration.

The component puts them into a Deployment; a test starts a real server from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.spec.cluster.mlflow import BasicAuth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.spec.cluster.mlflow import MLflow

PORT = 5000
HEALTH = "/health"
"""Answers without a login, whatever the Host header says."""
BACKEND_URI = "MLFLOW_BACKEND_STORE_URI"
ARTIFACTS = "MLFLOW_ARTIFACTS_DESTINATION"
ALLOWED_HOSTS = "MLFLOW_SERVER_ALLOWED_HOSTS"
AUTH_FILE = "MLFLOW_AUTH_CONFIG_PATH"
ADMIN_PASSWORD = "MLFLOW_AUTH_ADMIN_PASSWORD"  # noqa: S105  a variable's name
SESSION_KEY = "MLFLOW_FLASK_SERVER_SECRET_KEY"
METRICS_FOLDER, METRICS_VARIABLE = "/metrics", "PROMETHEUS_MULTIPROC_DIR"
"""Where the server's processes count their requests, and what says so."""
KEK = "MLFLOW_CRYPTO_KEK_PASSPHRASE"
"""What MLflow encrypts the keys of model providers with; it has a default that everybody knows."""

_MIGRATE = f'exec mlflow db upgrade "${BACKEND_URI}"'
# MLflow takes the users' database from a file only, and the operator's secret holds its address in a variable.
_USERS = f"""\
import configparser, os
os.umask(0o077)
plain = lambda name: os.environ[name].replace("%", "%%")
users = configparser.ConfigParser(interpolation=None)
users["mlflow"] = {{
    "default_permission": os.environ["TRIMTAB_DEFAULT_PERMISSION"],
    "database_uri": plain("{BACKEND_URI}"),
    "admin_username": os.environ["TRIMTAB_ADMIN_NAME"],
    "admin_password": plain("{ADMIN_PASSWORD}"),
    "authorization_function": "mlflow.server.auth:authenticate_request_basic_auth",
}}
with open(os.environ["{AUTH_FILE}"], "w", encoding="utf-8") as file:
    users.write(file)
"""


@dataclass(frozen=True)
class Step:
    """A command that runs to its end before the server starts."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class ServerSettings:
    """How a server is started.

    Attributes:
        prepare: what runs before, in order, in the same environment.
        command: the server.
        environment: variable → value.
        secrets: variables whose values are secrets, and are not in `environment`.
    """

    prepare: tuple[Step, ...]
    command: tuple[str, ...]
    environment: dict[str, str]
    secrets: tuple[str, ...]


def server_settings(
    spec: MLflow, *, auth_file: str, port: int = PORT, metrics_folder: str = METRICS_FOLDER
) -> ServerSettings:
    """Return how the server of `spec` is started.

    Whoever starts it adds `MLFLOW_ARTIFACTS_DESTINATION`, `MLFLOW_SERVER_ALLOWED_HOSTS` and the secrets.

    Args:
        spec: the declaration.
        auth_file: where the file of MLflow's users is written, where it has users of its own.
        port: where it listens.
        metrics_folder: where its processes count their requests, where they do.
    """
    basic = isinstance(spec.auth, BasicAuth)
    # Behind a login proxy nobody else may speak to it: it listens to its own pod only.
    host = "0.0.0.0" if basic else "127.0.0.1"  # noqa: S104  the network policy says who reaches the pod
    command = ["mlflow", "server", "--host", host, "--port", str(port), "--workers", str(spec.workers)]
    command += ["--serve-artifacts", "--x-frame-options", "DENY"]
    migrate = Step("migrate", ("sh", "-c", _MIGRATE))
    environment = {
        # Jobs keep their queue in files of one pod, and run code that users send: neither belongs behind replicas.
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        # What is trained here is nobody else's business.
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }
    if spec.metrics:
        command += ["--expose-prometheus", metrics_folder]
        environment[METRICS_VARIABLE] = metrics_folder
    if not isinstance(spec.auth, BasicAuth):
        return ServerSettings((migrate,), tuple(command), environment, (BACKEND_URI, KEK))
    environment |= {
        AUTH_FILE: auth_file,
        "TRIMTAB_ADMIN_NAME": spec.auth.admin_name,
        "TRIMTAB_DEFAULT_PERMISSION": spec.auth.default_permission,
    }
    return ServerSettings(
        prepare=(migrate, Step("users", ("python", "-c", _USERS))),
        command=(*command, "--app-name", "basic-auth"),
        environment=environment,
        secrets=(BACKEND_URI, KEK, ADMIN_PASSWORD, SESSION_KEY),
    )


def allowed_hosts(name: str, namespace: str, *further: str) -> str:
    """Return the Host headers that the server answers to: its Service's names, a forwarded port, and `further`.

    Any other may be a page that had its own name point at the server (DNS rebinding).
    """
    service: Sequence[str] = (name, f"{name}.{namespace}", f"{name}.{namespace}.svc")
    cluster = f"{name}.{namespace}.svc.cluster.local"
    return ",".join((*service, cluster, "localhost:*", "127.0.0.1:*", *further))
