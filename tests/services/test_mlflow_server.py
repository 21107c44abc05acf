"""A real MLflow server from the component's settings: register, promote by alias, roll back, refuse strangers."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.services.metrics import labels_of
from tests.services.mlflow_server import RunningServer, mlflow_server
from tests.services.processes import answers, free_port, service
from trimtab.components.cluster_monitoring.exporters import EXPORTERS
from trimtab.components.mlflow.metrics import metrics_command
from trimtab.spec.cluster.mlflow import MLflow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import LocalCloud

pytestmark = pytest.mark.engine
IMAGE = f"registry.example.com/mlflow@sha256:{'0' * 64}"
BUCKET = "acme-dev-mlflow-artifacts-real"
TRAIN = """
import mlflow, sys
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("fraud")
for quality in sys.argv[2:]:
    with mlflow.start_run() as run:
        mlflow.log_metric("auc", float(quality))
        mlflow.log_text("weights " + quality, "model/weights.txt")
    print("run", run.info.run_id, run.info.artifact_uri)
"""


@pytest.fixture(scope="module")
def server(local_cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    local_cloud.client("s3", "us-east-1").create_bucket(Bucket=BUCKET)
    aws = {name: value for name, value in local_cloud.environment.items() if name.startswith("AWS_")}
    spec = MLflow.model_validate({"image": IMAGE, "workers": 2, "metrics": True})
    folder = tmp_path_factory.mktemp("mlflow")
    with mlflow_server(folder, spec, artifacts=f"s3://{BUCKET}/{spec.artifact_prefix}", aws=aws) as running:
        yield running


def trained(server: RunningServer, *qualities: str) -> list[tuple[str, str]]:
    """Runs of MLflow's own client, which has no rights to the bucket: their ids and where their artifacts are."""
    name, password = server.admin
    without_aws = {key: value for key, value in server.environment.items() if not key.startswith("AWS_")}
    done = subprocess.run(
        [str(server.python), "-c", TRAIN, server.url, *qualities],
        env={**without_aws, "MLFLOW_TRACKING_USERNAME": name, "MLFLOW_TRACKING_PASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("run ")]
    return [(run, uri) for _, run, uri in lines]


def registered(server: RunningServer, run: str, uri: str) -> str:
    body = {"name": "fraud", "source": f"{uri}/model", "run_id": run}
    return str(server.asked("POST", "mlflow/model-versions/create", json=body)["model_version"]["version"])


def serving(server: RunningServer) -> dict[str, Any]:
    params = {"name": "fraud", "alias": "champion"}
    answer: dict[str, Any] = server.asked("GET", "mlflow/registered-models/alias", params=params)["model_version"]
    return answer


def promote(server: RunningServer, version: str) -> None:
    body = {"name": "fraud", "alias": "champion", "version": version}
    server.asked("POST", "mlflow/registered-models/alias", json=body)


def test_register_promote_roll_back(server: RunningServer, local_cloud: LocalCloud) -> None:
    server.asked("POST", "mlflow/registered-models/create", json={"name": "fraud"})
    older, newer = trained(server, "0.91", "0.95")
    first = registered(server, *older)
    promote(server, first)
    second = registered(server, *newer)
    assert serving(server)["version"] == first, "registering alone must not change what serves"
    promote(server, second)
    assert serving(server)["version"] == second
    promote(server, first)
    rolled_back = serving(server)
    assert rolled_back["version"] == first
    assert rolled_back["source"].startswith("mlflow-artifacts:/"), "artifacts pass through the server"
    keys = [item["Key"] for item in local_cloud.client("s3", "us-east-1").list_objects_v2(Bucket=BUCKET)["Contents"]]
    stored = [key for key in keys if rolled_back["run_id"] in key and key.endswith("weights.txt")]
    assert len(stored) == 1
    assert stored[0].startswith("mlflow/")
    body = local_cloud.client("s3", "us-east-1").get_object(Bucket=BUCKET, Key=stored[0])["Body"].read()
    assert body == b"weights 0.91"


def test_prometheus_reads_beside_the_server_what_all_its_workers_counted(server: RunningServer, tmp_path: Path) -> None:
    for _ in range(20):
        server.asked("GET", "mlflow/experiments/search", params={"max_results": 1})
    port = free_port()
    command = [str(server.python), *metrics_command(port)[1:]]
    url = f"http://127.0.0.1:{port}/metrics"
    with service("metrics", command, log=tmp_path / "log", env=server.environment, ready=lambda: answers(url)):
        read = httpx.get(url, timeout=30).text
    for metric in EXPORTERS["mlflow"].metrics:
        assert labels_of(metric.series[0], read) - {"le"} == set(metric.labels)
    (counted,) = re.findall(r'mlflow_http_request_total\{method="GET",status="200"\} (\S+)', read)
    assert float(counted) >= 20


@pytest.mark.parametrize("login", [None, ("admin", "password1234"), ("admin", "password")])
def test_strangers_are_refused(server: RunningServer, login: tuple[str, str] | None) -> None:
    response = server.call("GET", "mlflow/experiments/search", params={"max_results": 1}, auth=login)
    assert response.status_code == 401


def test_another_hosts_name_is_refused(server: RunningServer) -> None:
    params = {"max_results": 1}
    for host, wanted in {"mlflow.evil.example": 403, "mlflow.ml.svc": 200}.items():
        response = server.call("GET", "mlflow/experiments/search", params=params, headers={"Host": host})
        assert response.status_code == wanted, host


def test_a_new_user_reads_what_others_made_and_changes_nothing(server: RunningServer) -> None:
    user = ("nina", "a-long-enough-password")
    server.asked("POST", "mlflow/users/create", json={"username": user[0], "password": user[1]})
    made = server.asked("POST", "mlflow/experiments/create", json={"name": "credit"})["experiment_id"]
    read = server.call("GET", "mlflow/experiments/get", params={"experiment_id": made}, auth=user)
    assert read.status_code == 200
    changed = server.call(
        "POST", "mlflow/experiments/update", json={"experiment_id": made, "new_name": "mine"}, auth=user
    )
    assert changed.status_code == 403
