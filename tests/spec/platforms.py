"""hypothesis strategies for whole declarations, in which every name that is mentioned is declared."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.spec.parts import (
    artifact_stores,
    audit_trails,
    budgets,
    feature_stores,
    networks,
    registries,
    reviews,
    training_pools,
)
from tests.spec.values import between, classifications, contacts, images, ml_types, names, owners, service_classes, some


@st.composite
def capacities(draw: st.DrawFn) -> dict[str, Any]:
    """One of the four forms."""
    form = draw(st.sampled_from(["real-time", "asynchronous", "multi-model", "serverless"]))
    if form == "serverless":
        return {"form": form, "memoryMib": draw(st.sampled_from([1024, 6144])), "maxConcurrency": draw(between(1, 200))}
    high = draw(between(1, 30))
    low = draw(between(0 if form == "asynchronous" else 1, high))
    capacity = {"form": form, "instanceType": draw(ml_types), "minInstances": low, "maxInstances": high}
    capacity |= {"hourlyFloors": f"mon-fri 07-19 = {draw(between(1, high))}"} if draw(st.booleans()) else {}
    if form == "asynchronous":
        return {**capacity, "backlogPerInstance": draw(between(1, 10_000))}
    return {**capacity, "targetInvocationsPerInstance": draw(between(1, 100_000))}


def models(groups: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A version of one of the registry's groups."""
    return some(
        {
            "type": st.just("registered"),
            "group": st.sampled_from(groups),
            "version": between(1, 1000),
            "image": images,
            "dataKey": st.just("fraud/model.tar.gz"),
        },
        {"gpuMemoryGib": between(1, 80)},
    )


@st.composite
def endpoints(draw: st.DrawFn, groups: list[str]) -> dict[str, Any]:
    """An endpoint over one of the registry's groups."""
    capacity = draw(capacities())
    endpoint = draw(
        some(
            {"name": names, "model": models(groups), "capacity": st.just(capacity)},
            {
                "serviceClass": service_classes,
                "latencyP99Ms": between(1, 60_000),
                "owner": owners,
                "euAiActRisk": st.sampled_from(["minimal", "limited"]),
            },
        )
    )
    if capacity["form"] == "real-time" and draw(st.booleans()):
        role = draw(st.sampled_from(["shadow", "canary"]))
        endpoint[role] = {"model": draw(models(groups))}
    if capacity["form"] != "serverless" and draw(st.booleans()):
        endpoint["humanReview"] = draw(reviews)
    return endpoint


def pipelines(groups: list[str], served: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """One retraining pipeline from a group to an endpoint."""
    gate = st.fixed_dictionaries(
        {
            "metric": st.just("auc"),
            "comparison": st.sampled_from(["at-least", "at-most"]),
            "value": st.floats(0, 1),
        }
    )
    pipeline = some(
        {
            "name": names,
            "modelGroup": st.sampled_from(groups),
            "endpoint": st.sampled_from(served),
            "training": some({"image": images}, {"instances": between(1, 64), "spot": st.booleans()}),
            "gates": st.lists(gate, min_size=1, max_size=3),
        },
        {"schedule": st.sampled_from(["0 3 * * *", "15 4 1 * *", "0 0 * * 1"])},
    )
    return st.fixed_dictionaries({"retraining": st.lists(pipeline, min_size=1, max_size=1)})


@st.composite
def platforms(draw: st.DrawFn) -> dict[str, Any]:
    """A declaration that the model accepts, as plain values."""
    platform = draw(
        some(
            {
                "name": st.from_regex(r"[a-z][a-z0-9-]{1,14}[a-z0-9]", fullmatch=True),
                "environment": st.sampled_from(["local", "dev", "staging"]),
                "owner": owners,
            },
            {
                "dataClassification": classifications,
                "monthlyBudget": budgets,
                "network": networks,
                "artifactStore": artifact_stores,
                "featureStore": feature_stores,
                "auditTrail": audit_trails,
                "modelRegistry": registries,
                "trainingPools": st.lists(training_pools(), max_size=2, unique_by=lambda pool: str(pool["name"])),
            },
        )
    )
    groups = [group["name"] for group in platform.get("modelRegistry", {}).get("groups", ())]
    return {**platform, **draw(_served(groups))} if groups else platform


@st.composite
def _served(draw: st.DrawFn, groups: list[str]) -> dict[str, Any]:
    made = draw(st.lists(endpoints(groups), max_size=2, unique_by=lambda endpoint: str(endpoint["name"])))
    names_ = [endpoint["name"] for endpoint in made]
    part: dict[str, Any] = {"servingEndpoints": made}
    with_pipelines, with_monitoring = draw(st.tuples(st.booleans(), st.booleans()))
    if names_ and with_pipelines:
        part["pipelines"] = draw(pipelines(groups, names_))
    if with_monitoring:
        watched = [item["name"] for item in made if item["capacity"]["form"] != "serverless"][:1]
        monitors = [{"endpoint": name} for name in watched]
        part["monitoring"] = {"alarmEmail": draw(contacts), "monitors": monitors}
    return part
