"""Kubeflow Pipelines' own SDK reads the pipelines that the component writes, field by field."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.components.cluster.retrained import TRAINING, retraining
from tests.services.environments import service_python
from trimtab.components.cluster_pipelines.engines.kubeflow import pipeline_spec, platform_spec
from trimtab.components.cluster_pipelines.steps.plan import steps
from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

READ = """
import json, sys
from google.protobuf import json_format
from kfp import components
from kfp.kubernetes import kubernetes_executor_config_pb2 as kubernetes
from kfp.pipeline_spec import pipeline_spec_pb2 as messages

spec, platform = json.load(sys.stdin)
parsed = json_format.ParseDict(spec, messages.PipelineSpec())
json_format.ParseDict(platform, messages.PlatformSpec())
# A Struct in the message of the pipeline; Kubeflow's driver reads it as this one.
json_format.ParseDict(spec["deploymentSpec"], messages.PipelineDeploymentConfig())
executors = platform["platforms"]["kubernetes"]["deploymentSpec"]["executors"]
for executor in executors.values():
    json_format.ParseDict(executor, kubernetes.KubernetesExecutorConfig())
loaded = components.load_component_from_text(json.dumps(spec) + "\\n---\\n" + json.dumps(platform))
print(json.dumps({
    "name": loaded.name,
    "inputs": sorted(loaded.component_spec.inputs),
    "tasks": sorted(parsed.root.dag.tasks),
    "executors": sorted(executors),
}))
"""
SPECS = [retraining(), retraining(training={"image": TRAINING}, registry={"url": "http://mlflow.ml.svc", "model": "m"})]


def read(spec: Any, platform: Any) -> subprocess.CompletedProcess[str]:
    command = [str(service_python("kfp")), "-W", "ignore", "-c", READ]
    return subprocess.run(command, input=json.dumps([spec, platform]), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("declared", SPECS)
def test_the_sdk_reads_every_field(declared: dict[str, Any]) -> None:
    spec = ClusterRetraining.model_validate(declared)
    done = read(pipeline_spec(spec), platform_spec(spec))
    assert done.returncode == 0, done.stderr
    names = sorted(step.name for step in steps(spec))
    assert json.loads(done.stdout) == {
        "name": spec.name,
        "inputs": ["data_version"],
        "tasks": names,
        "executors": [f"exec-{name}" for name in names],
    }


@pytest.mark.parametrize("where", ["executor", "platform"])
def test_a_field_that_there_is_not_is_refused(where: str) -> None:
    spec = ClusterRetraining.model_validate(SPECS[0])
    written, platform = pipeline_spec(spec), platform_spec(spec)
    executors = written["deploymentSpec"]["executors"]
    if where == "executor":
        next(iter(executors.values()))["container"]["resources"]["gpu"] = 1
    else:
        next(iter(platform["platforms"]["kubernetes"]["deploymentSpec"]["executors"].values()))["gpu"] = 1
    done = read(written, platform)
    assert done.returncode != 0
    assert 'no field named "gpu"' in done.stderr
