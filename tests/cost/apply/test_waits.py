"""Latency and queue wait before and after a change, from a real CloudWatch API and a real Prometheus."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from tests.cost.apply.stack import make_endpoint
from tests.cost.reports.sample import recommendation, resource
from tests.support.prometheus import Prometheus, Series
from trimtab.cost.apply.watch import CloudEyes, ClusterEyes, MetricWatcher
from trimtab.cost.apply.watch.both import BothEyes
from trimtab.cost.apply.watch.cluster import is_about
from trimtab.cost.apply.watch.watcher import as_changed
from trimtab.cost.model import Change, Requests, Resource, SpecEdit, Verdict
from trimtab.cost.sources.prometheus.access import Access
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.model import Verification

NOW = datetime.now(tz=UTC).replace(second=0, microsecond=0)
SINCE = NOW - timedelta(minutes=20)
SERVED = Resource(
    resource_id="ads/InferenceService/llm", kind="kserve-replicas", count=4, requests=Requests(gpus=1),
    dimensions={"namespace": "ads", "workload": "llm-predictor", "workload_kind": "Deployment"},
)  # fmt: skip
POOL = Resource(
    resource_id="gpu", kind="karpenter-gpu-pool", count=4, instance_type="p4d.24xlarge", dimensions={"nodepool": "gpu"}
)


def changed(one: Resource) -> Change:
    fields = one.fields or resource(one.resource_id).fields
    made = recommendation(one.model_copy(update={"fields": fields}), 2, trace=False)
    return Change(advice=made, edits=made.edits)


def check(verification: Verification, name: str) -> tuple[bool, str]:
    (found,) = [one for one in verification.checks if one.name == name]
    return found.passed, found.seen


class Endpoint:
    """An endpoint of a name that no other test has, whose metrics are put."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._session = boto3.Session(
            aws_access_key_id="testing", aws_secret_access_key="testing", region_name=environment["AWS_REGION"]
        )
        self.url = environment["AWS_ENDPOINT_URL"]
        name = f"scorer-{secrets.token_hex(4)}"
        dimensions = {"EndpointName": name, "VariantName": "main"}
        self.resource = resource(name).model_copy(update={"dimensions": dimensions, "region": "eu-west-1"})

    def client(self, service: str, region: str = "") -> Any:
        del region
        return self._session.client(service, endpoint_url=self.url)  # type: ignore[call-overload]  # any service

    def put(
        self, name: str, at: datetime, value: float, namespace: str = "AWS/SageMaker", *, alone: bool = False
    ) -> None:
        own = {"EndpointName": self.resource.resource_id} if alone else self.resource.dimensions
        dimensions = [{"Name": key, "Value": text} for key, text in own.items()]
        data = {"MetricName": name, "Timestamp": at, "Value": value, "Dimensions": dimensions}
        self.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[data])

    def verified(self) -> Verification:
        (found,) = MetricWatcher(CloudEyes(self.client), print, clock=lambda: NOW).verify(
            [changed(self.resource)], SINCE
        )
        return found


@pytest.fixture
def endpoint(moto: dict[str, str]) -> Endpoint:
    """Served in a second at the same time of the last days, and busier two hours before."""
    made = Endpoint(moto)
    make_endpoint(made.client("sagemaker"), made.resource.resource_id, 2)
    for minute in range(20):
        at = SINCE + timedelta(minutes=minute)
        made.put("GPUUtilization", at, 50.0, "/aws/sagemaker/Endpoints")
        for day in (1, 2):
            made.put("ModelLatency", at - timedelta(days=day), 1e6 + minute)
        made.put("ModelLatency", at - timedelta(hours=2), 9e6)
    return made


@pytest.mark.parametrize(("latency", "passed"), [(1.1e6, True), (1.5e6, False)])
def test_an_endpoint_that_answers_later_goes_back(endpoint: Endpoint, latency: float, passed: bool) -> None:
    for minute in range(20):
        endpoint.put("ModelLatency", SINCE + timedelta(minutes=minute), latency + minute)
    good, seen = check(endpoint.verified(), "latency")
    assert good is passed, seen
    assert f"model latency: {latency / 1e6:.3g} s since, 1 s at like hours before (medians)" in seen
    assert (endpoint.verified().verdict is Verdict.KEPT) is passed


def test_a_queue_that_grows_goes_back(endpoint: Endpoint) -> None:
    for minute in range(20):
        at = SINCE + timedelta(minutes=minute)
        endpoint.put("ApproximateAgeOfOldestRequest", at - timedelta(days=1), 2.0, alone=True)
        endpoint.put("ApproximateAgeOfOldestRequest", at, 40.0, alone=True)
    good, seen = check(endpoint.verified(), "queue-wait")
    assert not good
    assert "age of the oldest request in the queue: 40 s since, 2 s" in seen


def test_where_nobody_waited_nothing_is_compared(endpoint: Endpoint) -> None:
    assert check(endpoint.verified(), "latency") == (
        True, "model latency: not compared, 40 samples before and 0 since are too few"
    )  # fmt: skip


LABELS = {"namespace": "ads", "pod": "llm-predictor-6d4cf56db6-x7k2p"}
STEP = 30


def histogram(name: str, labels: dict[str, str], seconds: dict[float, float]) -> list[Series]:
    """A sum and a count that grow by ten a step, each as long as `seconds` says from a moment on."""
    total, number, sums, counts = 0.0, 0.0, [], []
    for at in times():
        total += 10 * next(value for first, value in sorted(seconds.items(), reverse=True) if at >= first)
        number += 10
        sums.append((at, total))
        counts.append((at, number))
    return [Series(f"{name}_sum", labels, sums), Series(f"{name}_count", labels, counts)]


def times() -> list[float]:
    """The hour around the same time of yesterday, and the last one."""
    return [(NOW - timedelta(days=day, hours=1)).timestamp() + step * STEP for day in (1, 0) for step in range(120)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    slower = {0.0: 1.0, SINCE.timestamp(): 3.0}
    queue = {"cluster_queue": "gpu-fraud"}
    series = [
        Series("DCGM_FI_DEV_GPU_UTIL", LABELS, [(at, 60.0) for at in times()]),
        *histogram("vllm:e2e_request_latency_seconds", LABELS, slower),
        *histogram("vllm:request_queue_time_seconds", LABELS, {0.0: 0.5}),
        *histogram("kueue_admission_wait_time_seconds", queue, {0.0: 10.0, SINCE.timestamp(): 300.0}),
        *histogram("kueue_admission_wait_time_seconds", {"cluster_queue": "cpu-fraud"}, {0.0: 1.0}),
        Series("kueue_cluster_queue_nominal_quota", {**queue, "flavor": "gpu"}, [(at, 8.0) for at in times()]),
    ]
    with Prometheus(tmp_path_factory.mktemp("watched"), series=series) as started:
        yield started


def verified(server: Prometheus, one: Resource) -> Verification:
    watcher = MetricWatcher(ClusterEyes(Access(server.url)), print, clock=lambda: NOW)
    (found,) = watcher.verify([changed(one)], SINCE)
    return found


def test_replicas_that_answer_later_go_back(server: Prometheus) -> None:
    found = verified(server, SERVED)
    assert found.samples > 10
    assert check(found, "queue-wait")[0]
    good, seen = check(found, "latency")
    assert not good
    assert "time to the whole answer: 3 s since, 1 s at like hours before" in seen


def test_jobs_that_wait_longer_for_a_pool_go_back(server: Prometheus) -> None:
    good, seen = check(verified(server, POOL), "queue-wait")
    assert not good
    assert "wait for admission to the pool's queues: 300 s since, 10 s" in seen


def test_what_is_in_a_cluster_needs_a_prometheus(server: Prometheus) -> None:
    cluster = ClusterEyes(Access(server.url))
    both = BothEyes(CloudEyes(lambda *_: pytest.fail("AWS was asked of a cluster")), cluster)
    assert both.loads(SERVED, SINCE, NOW) == cluster.loads(SERVED, SINCE, NOW)
    assert both.alarms(SERVED) == ()
    with pytest.raises(WorldError, match="no Prometheus is named"):
        BothEyes(cluster, None).loads(SERVED, SINCE, NOW)


@pytest.mark.parametrize(
    ("labels", "one", "about"),
    [
        (LABELS, SERVED, True),
        ({**LABELS, "namespace": "other"}, SERVED, False),
        ({**LABELS, "pod": "llm-predictor-canary-6d4cf56db6-x7k2p"}, SERVED, False),
        ({"namespace": "ads", "deployment": "llm-predictor"}, SERVED, True),
        ({"nodepool": "gpu"}, POOL, True),
        ({"nodepool": "gpu-large"}, POOL, False),
        ({"alertname": "Watchdog"}, POOL, False),
    ],
)
def test_which_alerts_are_about_it(labels: dict[str, str], one: Resource, about: bool) -> None:
    assert is_about(labels, one) is about


def test_a_load_is_a_share_of_what_there_may_be_now() -> None:
    limit = SpecEdit(name="maxGpus", spec_path="p", unit="gpus", before=32, after=16)
    assert as_changed(changed(POOL).model_copy(update={"edits": (limit,)})).count == 2
    assert as_changed(changed(resource("scorer"))).count == 2
