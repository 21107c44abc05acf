"""Names: what one object calls another by, and whether there is one of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.render.joins.elsewhere import SECRETS
from tests.render.joins.pods import pods_of
from tests.render.joins.selectors import of_kind, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.render.objects import KubernetesObject

POOL, QUEUE = "karpenter.sh/nodepool", "kueue.x-k8s.io/queue-name"
POSTGRES_KEYS = frozenset(
    {"username", "password", "dbname", "host", "port", "user", "uri", "jdbc-uri", "fqdn-uri", "pgpass"}
)
"""Of the secret `<cluster>-app` that CloudNativePG makes: pkg/specs/secrets.go."""


def targets(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each autoscaler scales something."""
    there = {(one.kind, one.namespace, one.name) for one in objects}
    for one in of_kind(objects, "HorizontalPodAutoscaler", "ScaledObject"):
        target = one.document["spec"]["scaleTargetRef"]
        if (target.get("kind", "Deployment"), one.namespace, target["name"]) not in there:
            yield said(one, f"there is no {target}")


def queues(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Local queues, cluster queues, flavours, pools and node classes lead to each other."""
    names = {kind: {one.name for one in of_kind(objects, kind)} for kind in _QUEUED}
    local = {(one.namespace, one.name) for one in of_kind(objects, "LocalQueue")}
    for one in objects:
        for kind, name in _named(one):
            if name not in names[kind]:
                yield said(one, f"there is no {kind} {name}")
        queue = (one.document["metadata"].get("labels") or {}).get(QUEUE)
        if queue and (one.namespace, queue) not in local:
            yield said(one, f"{one.namespace} has no LocalQueue {queue}")
    for pod in pods_of(objects):
        pool = (pod.spec.get("nodeSelector") or {}).get(POOL)
        if pool and pool not in names["NodePool"]:
            yield said(pod.owner, f"there is no NodePool {pool}")
        queue = pod.labels.get(QUEUE)
        if queue and (pod.namespace, queue) not in local:
            yield said(pod.owner, f"{pod.namespace} has no LocalQueue {queue} for its pods")


_QUEUED = ("ClusterQueue", "ResourceFlavor", "NodePool", "EC2NodeClass")


def _named(one: KubernetesObject) -> Iterator[tuple[str, str]]:
    spec = one.document.get("spec") or {}
    if one.kind == "LocalQueue":
        yield "ClusterQueue", spec["clusterQueue"]
    if one.kind == "ClusterQueue":
        yield from (("ResourceFlavor", it["name"]) for group in spec["resourceGroups"] for it in group["flavors"])
    if one.kind == "ResourceFlavor" and POOL in spec.get("nodeLabels", {}):
        yield "NodePool", spec["nodeLabels"][POOL]
    if one.kind == "NodePool":
        yield "EC2NodeClass", spec["template"]["spec"]["nodeClassRef"]["name"]


def settings(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each ConfigMap, Secret and claim that is named is declared, or made by an operator, with the key that is read."""
    known = {"ConfigMap": _maps(objects), "Secret": _secrets(objects), "PersistentVolumeClaim": _claims(objects)}
    for one in objects:
        for kind, name, key in _read(one.document.get("spec")):
            keys = known[kind].get((one.namespace, name))
            if kind == "Secret" and name in SECRETS:
                continue
            if keys is None:
                yield said(one, f"{one.namespace} has no {kind} {name}")
            elif key and key not in keys:
                yield said(one, f"{kind} {name} has no key {key}; it has {sorted(keys)}")


Keys = dict[tuple[str, str], frozenset[str]]


def _maps(objects: Sequence[KubernetesObject]) -> Keys:
    return {(one.namespace, one.name): frozenset(one.document["data"]) for one in of_kind(objects, "ConfigMap")}


def _secrets(objects: Sequence[KubernetesObject]) -> Keys:
    return {
        **{(one.namespace, one.name): _values(one) for one in of_kind(objects, "Secret")},
        **{
            (one.namespace, one.document["spec"]["target"]["name"]): frozenset(
                item["secretKey"] for item in one.document["spec"]["data"]
            )
            for one in of_kind(objects, "ExternalSecret")
        },
        **{(one.namespace, f"{one.name}-app"): POSTGRES_KEYS for one in of_kind(objects, "Cluster")},
    }


def _values(secret: KubernetesObject) -> frozenset[str]:
    held = {**(secret.document.get("data") or {}), **(secret.document.get("stringData") or {})}
    # The cluster itself writes the token of an account into a secret of this type.
    account = secret.document.get("type") == "kubernetes.io/service-account-token"
    return frozenset({*held, *(["token", "ca.crt", "namespace"] if account else [])})


def _claims(objects: Sequence[KubernetesObject]) -> Keys:
    return {(one.namespace, one.name): frozenset() for one in of_kind(objects, "PersistentVolumeClaim")}


_BY_KEY = {
    "secretKeyRef": "Secret",
    "configMapKeyRef": "ConfigMap",
    "authPassword": "Secret",
    "credentials": "Secret",
    "basicAuthUsername": "Secret",
}
_WHOLE = {"secretRef": "Secret", "configMapRef": "ConfigMap"}


def _read(value: Any) -> Iterator[tuple[str, str, str]]:
    """Return kind, name and key (empty: the whole) of everything that is read."""
    for name, item in value.items() if isinstance(value, dict) else ():
        found = _reference(name, item) if isinstance(item, dict) else None
        if found:
            yield found
        else:
            yield from _read(item)
    for item in value if isinstance(value, list) else ():
        yield from _read(item)


def _reference(name: str, item: dict[str, Any]) -> tuple[str, str, str] | None:
    if name in _BY_KEY and "key" in item:
        return _BY_KEY[name], item["name"], item["key"]
    if name in _WHOLE:
        return _WHOLE[name], item["name"], ""
    if name == "configMap" and "name" in item:
        return "ConfigMap", item["name"], item.get("key", "")
    if name == "secret" and {"secretName", "key"} & set(item):
        return "Secret", item.get("secretName") or item["name"], item.get("key", "")
    if name == "persistentVolumeClaim" and "claimName" in item:
        return "PersistentVolumeClaim", item["claimName"], ""
    return None


def accounts(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each pod's account is declared, and each binding binds a declared role to declared accounts."""
    there = {(one.kind, one.namespace, one.name) for one in objects}
    for pod in pods_of(objects):
        account = pod.spec.get("serviceAccountName")
        if account and ("ServiceAccount", pod.namespace, account) not in there:
            yield said(pod.owner, f"{pod.namespace} has no ServiceAccount {account}")
    for one in of_kind(objects, "RoleBinding", "ClusterRoleBinding"):
        role = one.document["roleRef"]
        where = one.namespace if role["kind"] == "Role" else ""
        if (role["kind"], where, role["name"]) not in there:
            yield said(one, f"there is no {role['kind']} {role['name']}")
        for subject in one.document["subjects"]:
            if subject["kind"] == "ServiceAccount":
                place = subject.get("namespace", one.namespace)
                if ("ServiceAccount", place, subject["name"]) not in there:
                    yield said(one, f"{place} has no ServiceAccount {subject['name']}")


def templates(objects: Sequence[KubernetesObject]) -> Iterator[str]:
    """Each workflow and training that is started from a template has one."""
    there = {(one.kind, one.namespace, one.name) for one in objects}
    for one in objects:
        spec = one.document.get("spec") or {}
        if one.kind == "TrainJob":
            name = spec["runtimeRef"]["name"]
            found = ("TrainingRuntime", one.namespace, name), ("ClusterTrainingRuntime", "", name)
            if not there & set(found):
                yield said(one, f"there is no runtime {name}")
        for holder in (spec.get("workflowSpec"), spec.get("submit")):
            name = (holder or {}).get("workflowTemplateRef", {}).get("name")
            if name and ("WorkflowTemplate", one.namespace, name) not in there:
                yield said(one, f"{one.namespace} has no WorkflowTemplate {name}")
