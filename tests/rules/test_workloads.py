"""Every place where a kind of workload keeps its pods."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.examples import resource
from trimtab.rules.workloads import BARE, TEMPLATES, WORKFLOWS, pods_of

from .edges import run

POD: dict[str, Any] = {"containers": [{"name": "c", "image": "repo:tag"}]}
TEMPLATE = {"metadata": {"labels": {"app": "a"}}, "spec": POD}
JOBS = {"replicatedJobs": [{"name": "node", "template": {"spec": {"template": TEMPLATE}}}]}
RAY = {"headGroupSpec": {"template": TEMPLATE}, "workerGroupSpecs": [{"template": TEMPLATE}, {"template": TEMPLATE}]}
STEPS = {"templates": [{"name": "dag", "dag": {}}, {"name": "a", "container": POD["containers"][0]}]}
COMMIT = "0123456789" * 4

# Each kind, its fields, and how many containers they hold.
PLACES: list[tuple[str, dict[str, Any], int]] = [
    (t.DEPLOYMENT, {"spec": {"template": TEMPLATE}}, 1),
    (t.STATEFUL_SET, {"spec": {"template": TEMPLATE}}, 1),
    (kinds.DAEMON_SET, {"spec": {"template": TEMPLATE}}, 1),
    (kinds.JOB, {"spec": {"template": TEMPLATE}}, 1),
    (kinds.CRON_JOB, {"spec": {"jobTemplate": {"spec": {"template": TEMPLATE}}}}, 1),
    (kinds.POD, {"spec": POD}, 1),
    (kinds.INFERENCE_SERVICE, {"spec": {"predictor": {"model": {"image": "repo:tag"}}, "transformer": POD}}, 2),
    (kinds.LLM_INFERENCE_SERVICES[0], {"spec": {"template": POD, "prefill": {"template": POD}}}, 2),
    (kinds.SERVING_RUNTIMES[1], {"spec": {**POD, "workerSpec": POD}}, 2),
    (kinds.RAY_CLUSTER, {"spec": RAY}, 3),
    (kinds.RAY_SERVICE, {"spec": {"rayClusterConfig": RAY}}, 3),
    (kinds.RAY_JOB, {"spec": {"rayClusterSpec": RAY, "submitterPodTemplate": TEMPLATE}}, 4),
    (kinds.TRAINING_RUNTIMES[0], {"spec": {"template": {"spec": JOBS}}}, 1),
    (kinds.TRAIN_JOB, {"spec": {"trainer": {"image": "repo:tag"}}}, 1),
    (kinds.JOB_SET, {"spec": JOBS}, 1),
    (
        kinds.PYTORCH_JOB,
        {"spec": {"pytorchReplicaSpecs": {n: {"template": TEMPLATE} for n in ("Master", "Worker")}}},
        2,
    ),
    (kinds.WORKFLOW, {"spec": STEPS}, 1),
    (kinds.WORKFLOW_TEMPLATES[0], {"spec": STEPS}, 1),
    (kinds.CRON_WORKFLOW, {"spec": {"workflowSpec": STEPS}}, 1),
    (kinds.LEADER_WORKER_SET, {"spec": {"leaderWorkerTemplate": {"workerTemplate": TEMPLATE}}}, 1),
]


@pytest.mark.parametrize(("token", "fields", "containers"), PLACES, ids=[place[0] for place in PLACES])
def test_every_kind_gives_its_containers(token: str, fields: dict[str, Any], containers: int) -> None:
    found = run("workload-image-by-digest", resource(token, "x", **fields))
    assert [finding.message for finding in found].count(found[0].message) <= containers
    assert len(found) == containers


def test_every_kind_of_workload_has_a_place() -> None:
    known = {*TEMPLATES, *BARE, *WORKFLOWS, kinds.TRAIN_JOB}
    assert known == set(kinds.WORKLOADS)
    assert {place[0] for place in PLACES} | set(kinds.LLM_INFERENCE_SERVICES) | set(kinds.SERVING_RUNTIMES) | set(
        kinds.TRAINING_RUNTIMES
    ) | set(kinds.WORKFLOW_TEMPLATES) == known


def test_a_workflow_speaks_for_its_templates() -> None:
    spec = {"securityContext": {"runAsNonRoot": True}, **STEPS}
    (pod,) = pods_of(resource(kinds.WORKFLOW, "w", spec=spec))
    assert pod.spec.block("securityContext").flag("runAsNonRoot")
    assert run("pod-runs-as-non-root", resource(kinds.WORKFLOW, "w", spec=spec)) == []
