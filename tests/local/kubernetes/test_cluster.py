"""The embedded cluster: found running, killed, broken, interrupted, ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from kubernetes import client

from tests.support.waiting import wait_for_child
from trimtab.local import processes
from trimtab.local.kubernetes.cluster import is_well
from trimtab.local.kubernetes.files import ClusterFiles
from trimtab.local.state import load

if TYPE_CHECKING:
    from tests.support import LocalCloud
    from trimtab.local.kubernetes.record import ClusterRecord

pytestmark = pytest.mark.engine


def cluster_of(cloud: LocalCloud) -> ClusterRecord:
    """What the state file says now."""
    state = load(cloud.home.state_file)
    assert state is not None
    assert state.cluster is not None
    return state.cluster


def keep(cloud: LocalCloud) -> None:
    """An object that is looked for later."""
    body = client.V1ConfigMap(metadata=client.V1ObjectMeta(name="kept"), data={"a": "b"})
    client.CoreV1Api(cloud.kubernetes()).create_namespaced_config_map("default", body)


def kept(cloud: LocalCloud) -> bool:
    core = client.CoreV1Api(cloud.kubernetes())
    return bool(core.list_namespaced_config_map("default", field_selector="metadata.name=kept").items)


def test_what_runs_is_told_and_left_alone(local_cluster: LocalCloud) -> None:
    before = cluster_of(local_cluster)
    again = local_cluster.trimtab("local", "up")
    assert again.code == 0, again.stderr
    assert f"Kubernetes 1.35.0 answers at {before.endpoint} (process {before.api_server.pid})" in again.stdout
    assert cluster_of(local_cluster) == before

    told = json.loads(local_cluster.trimtab("local", "status", "--format", "json").stdout)
    assert told["cluster"] == {
        "state": "up",
        "endpoint": before.endpoint,
        "version": "1.35.0",
        "kubeconfig": str(local_cluster.home.kubeconfig),
    }
    assert [item["running"] for item in told["processes"]] == [True] * 4
    environment = json.loads(local_cluster.trimtab("local", "env", "--format", "json").stdout)
    assert environment["KUBECONFIG"] == str(local_cluster.home.kubeconfig)


def test_every_definition_is_served(local_cluster: LocalCloud) -> None:
    api = client.ApiextensionsV1Api(local_cluster.kubernetes())
    for name in ("nodepools.karpenter.sh", "clusterqueues.kueue.x-k8s.io", "workflows.argoproj.io"):
        definition: Any = api.read_custom_resource_definition(name)
        (established,) = [each for each in definition.status.conditions if each.type == "Established"]
        assert established.status == "True"


def test_only_who_has_the_token_is_let_in(local_cluster: LocalCloud) -> None:
    certificate = local_cluster.home.kubernetes / "credentials" / "server.crt"
    trust = ssl.create_default_context(cafile=str(certificate))
    url = f"{cluster_of(local_cluster).endpoint}/api/v1/namespaces"
    for token, answer in (("guessed", 401), (None, 403)):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        assert httpx.get(url, headers=headers, verify=trust, trust_env=False).status_code == answer
    assert local_cluster.home.kubeconfig.stat().st_mode & 0o077 == 0


def test_killed_processes_are_noticed_and_no_object_is_lost(own_cluster: LocalCloud) -> None:
    keep(own_cluster)
    before = cluster_of(own_cluster)
    for victim in (before.etcd, before.api_server):
        os.kill(victim.pid, signal.SIGKILL)

    status = json.loads(own_cluster.trimtab("local", "status", "--format", "json").stdout)
    assert (status["state"], status["cluster"]["state"]) == ("up", "dead")
    doctor = json.loads(own_cluster.trimtab("doctor", "--format", "json").stdout)
    (check,) = [each for each in doctor["checks"] if each["check"] == "local-cloud"]
    assert (check["state"], "start" in check["remedy"]) == ("gap", True)

    again = own_cluster.trimtab("local", "up")
    assert again.code == 0, again.stderr
    assert "had lost a process: it was started again on its own disk, with every object" in again.stderr
    after = cluster_of(own_cluster)
    assert after.port == before.port
    assert not {each.pid for each in after.processes} & {each.pid for each in before.processes}
    assert not any(processes.is_running(each) for each in before.processes)
    assert kept(own_cluster)


def test_a_disk_that_broke_is_replaced_and_a_taken_port_is_left(own_cluster: LocalCloud) -> None:
    keep(own_cluster)
    before = cluster_of(own_cluster)
    for process in before.processes:
        processes.end(process)
    database = own_cluster.home.kubernetes / "etcd" / "member" / "snap" / "db"
    database.write_bytes(b"not a database")
    with socket.create_server(("127.0.0.1", before.port)):
        again = own_cluster.trimtab("local", "up")
    assert again.code == 0, again.stderr
    assert "the cluster's disk cannot be used any more" in again.stderr
    assert "run `pulumi refresh`" in again.stderr
    assert "Traceback" not in again.stderr
    after = cluster_of(own_cluster)
    assert after.port != before.port
    assert not kept(own_cluster)

    keep(own_cluster)
    os.kill(own_cluster.state.cloud.pid, signal.SIGKILL)
    assert own_cluster.trimtab("local", "up").code == 0
    assert not any(processes.is_running(each) for each in after.processes), "a cluster does not outlive its cloud"
    assert not kept(own_cluster)

    ended = own_cluster.trimtab("local", "down")
    assert ended.stdout.count("ended the cluster's") == 3
    assert own_cluster.trimtab("local", "status").code == 1


def test_an_interrupted_start_leaves_no_process_and_can_be_repeated(own_cloud: LocalCloud) -> None:
    run = own_cloud.start("local", "up")
    server = wait_for_child(run.pid, "--etcd-servers=")
    etcd = wait_for_child(run.pid, "--listen-client-urls=")
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert "Traceback" not in said
    assert not server.is_running()
    assert not etcd.is_running()
    state = load(own_cloud.home.state_file)
    assert state is not None
    assert state.cluster is None
    assert processes.is_running(state.cloud), "AWS ran before, and is left alone"

    own_cloud.kubernetes()
    assert is_well(cluster_of(own_cloud), ClusterFiles.of(own_cloud.home))
