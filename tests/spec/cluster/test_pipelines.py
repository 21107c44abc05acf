"""What a declaration of pipelines refuses, and what it says then."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.components.cluster.retrained import AIRFLOWS, ENGINES, STORED, retraining
from trimtab.spec.cluster.pipelines import ClusterPipelines
from trimtab.spec.problems import sentence

AIRFLOW = AIRFLOWS["cluster"]


def said(declared: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        ClusterPipelines.model_validate(declared)
    (error,) = refused.value.errors()
    return sentence(error, ClusterPipelines)


@pytest.mark.parametrize("engine", [*ENGINES.values(), None])
@pytest.mark.parametrize("airflow", [*AIRFLOWS.values(), None])
def test_every_choice_is_taken(engine: dict[str, Any] | None, airflow: dict[str, Any] | None) -> None:
    runs = [retraining("a", runsOn="engine")] if engine else []
    runs += [retraining("b", runsOn="airflow")] if airflow else []
    declared = {"engine": engine, "airflow": airflow, "retraining": runs}
    read = ClusterPipelines.model_validate(declared)
    assert ClusterPipelines.model_validate(read.model_dump(mode="json", by_alias=True)) == read


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (
            {"engine": ENGINES["argo"], "retraining": [retraining(runsOn="airflow")]},
            (
                "retraining[0].runsOn = 'airflow': fraud runs on airflow, which is not declared; allowed: engine; "
                "remedy: declare pipelines.airflow, or set runsOn: engine"
            ),
        ),
        (
            {"engine": ENGINES["argo"], "retraining": [retraining(), retraining(name="fraud", model="other")]},
            (
                "retraining[1].name = 'fraud': two pipelines have the name fraud; allowed: each name and each model "
                "once; remedy: give it another name, or merge the two"
            ),
        ),
        (
            {"airflow": {"type": "mwaa", "minWorkers": 5}},
            (
                "airflow.minWorkers = 5: minWorkers 5 is more than maxWorkers 3; allowed: 1 to 3; "
                "remedy: lower minWorkers or raise maxWorkers"
            ),
        ),
        (
            {"airflow": {"type": "mwaa", "environmentClass": "mw1.micro"}},
            (
                "airflow.maxWorkers: maxWorkers 3 is not possible with environmentClass mw1.micro: it has one worker; "
                "allowed: 1 with mw1.micro; remedy: set maxWorkers: 1, or environmentClass: mw1.small"
            ),
        ),
        (
            {"airflow": {**AIRFLOW, "keys": {**AIRFLOW["keys"], "jwt": {**STORED, "store": "b", "remoteKey": "x"}}}},
            (
                "airflow.keys.jwt.store = 'b': jwt is in b, fernet in vault; allowed: vault; "
                "remedy: keep all three in one store"
            ),
        ),
        (
            {"engine": {"type": "argo-workflows", "server": "https://argo.acme.svc:2746"}},
            (
                "engine.certificateAuthority: https://argo.acme.svc:2746 has a certificate that nothing verifies; "
                "allowed: with an https server, and always with one; remedy: name the secret with the authority that "
                "signed the server's certificate (argo server --tls-certificate-secret-name)"
            ),
        ),
        (
            {"engine": {**ENGINES["argo"], "certificateAuthority": {"secret": "argo", "key": "ca.crt"}}},
            (
                "engine.certificateAuthority = {'secret': 'argo', 'key': 'ca.crt'}: http://argo-server.argo.svc:2746 "
                "has no certificate; allowed: with an https server, and always with one; "
                "remedy: drop certificateAuthority, or name an https server"
            ),
        ),
        (
            {"engine": ENGINES["argo"], "retraining": [retraining(data="/data")]},
            (
                "retraining[0].data = '/data': does not have the form; allowed: Parquet in S3: s3://BUCKET/PREFIX, "
                "a file or a folder; remedy: set retraining[0].data to a text of that form"
            ),
        ),
    ],
)
def test_what_is_refused(declared: dict[str, Any], expected: str) -> None:
    assert said(declared) == expected


def test_the_scheduler_can_be_sized() -> None:
    declared = ClusterPipelines.model_validate({"airflow": AIRFLOW})
    assert declared.airflow is not None
    assert declared.airflow.type == "cluster"
    template = declared.airflow.sizing("cluster.pipelines.airflow")
    assert [(field.spec_path, field.current) for field in template.fields] == [
        ("cluster.pipelines.airflow.schedulerCpuMillicores", 500),
        ("cluster.pipelines.airflow.schedulerMemoryMib", 1536),
    ]
    for field in template.fields:
        assert field.current in field.allowed
        for value in field.allowed:
            ClusterPipelines.model_validate({"airflow": {**AIRFLOW, field.name: value}})
