"""From what a program declared to Kubernetes objects, in an order that does not depend on the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.render.scopes import Scopes, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trimtab.render.recorded import Recorded

PREFIX = "kubernetes:"
_PROVIDER = "pulumi:providers:kubernetes"
_CHARTS = ("kubernetes:helm.sh/",)
# The provider, not the program, turns these into objects.
_BUNDLES = ("kubernetes:yaml/v2:", "kubernetes:kustomize")
# The SDK reads these files itself, and declares each object on its own.
_READ_HERE = "kubernetes:yaml:"
_FIRST = ("apiVersion", "kind", "metadata")


@dataclass(frozen=True)
class KubernetesObject:
    """An object.

    Attributes:
        document: its fields; `metadata.namespace` is there wherever its kind has one.
        namespace: where it lives; empty: its kind has none.
        urn: the resource that declares it.
        logical: that resource's name.
    """

    document: dict[str, Any]
    namespace: str
    urn: str
    logical: str

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.document["kind"])

    @property
    def name(self) -> str:
        """Its name on the cluster."""
        return str(self.document["metadata"]["name"])

    @property
    def group(self) -> str:
        """Its API group."""
        return group_of(self.document)


@dataclass(frozen=True)
class LeftOut:
    """A Kubernetes resource of a program that is not an object, or not without a cluster."""

    urn: str
    type: str
    reason: str


def objects_of(recorded: Sequence[Recorded]) -> tuple[list[KubernetesObject], list[LeftOut]]:
    """The objects of a program, and what it declares for Kubernetes beside them."""
    left_out = [LeftOut(it.urn, it.type, reason) for it in recorded if (reason := _reason(it))]
    namespaces = {
        it.name: str(it.inputs["namespace"]) for it in recorded if it.type == _PROVIDER and it.inputs.get("namespace")
    }
    pairs = [(it, document) for it in recorded if _is_object(it) for document in _documents(it.inputs)]
    scopes = Scopes(document for _, document in pairs)
    found = [_placed(it, document, scopes, namespaces) for it, document in pairs]
    found.sort(key=lambda one: (one.namespace, one.kind, one.name, one.group, one.urn))
    return found, sorted(left_out, key=lambda one: one.urn)


def _is_object(resource: Recorded) -> bool:
    return resource.type.startswith(PREFIX) and not resource.type.startswith(_READ_HERE) and not _reason(resource)


def _reason(resource: Recorded) -> str:
    """Why a Kubernetes resource gives no file; empty: it does, or it is none of Kubernetes."""
    token = resource.type
    if not token.startswith(PREFIX) or token.startswith(_READ_HERE):
        return ""
    if token.startswith(_CHARTS):
        chart, version = resource.inputs.get("chart", "?"), resource.inputs.get("version", "any version")
        return f"chart {chart}, {version}: Helm makes its objects on the cluster"
    if token.startswith(_BUNDLES):
        return "its objects are made by the provider, on a cluster"
    if token.endswith("Patch"):
        return "changes an object that another owns"
    if not isinstance(resource.inputs.get("kind"), str) or not isinstance(resource.inputs.get("apiVersion"), str):
        return "has no kind"
    return ""


def _documents(inputs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The object itself, or those that a list holds."""
    items = inputs.get("items")
    if str(inputs["kind"]).endswith("List") and isinstance(items, list):
        kind, version = str(inputs["kind"]).removesuffix("List"), inputs["apiVersion"]
        yield from ({"apiVersion": version, "kind": kind, **item} for item in items if isinstance(item, dict))
        return
    yield inputs


def _placed(
    resource: Recorded, document: dict[str, Any], scopes: Scopes, namespaces: dict[str, str]
) -> KubernetesObject:
    metadata = dict(document.get("metadata") or {})
    metadata.setdefault("name", resource.name)
    namespace = ""
    if scopes.is_cluster_wide(document):
        metadata.pop("namespace", None)
    else:
        namespace = str(metadata.get("namespace") or namespaces.get(resource.provider, "default"))
        metadata["namespace"] = namespace
    full = {**document, "metadata": _ordered(metadata, ("name", "namespace"))}
    return KubernetesObject(_ordered(full, _FIRST), namespace, resource.urn, resource.name)


def _ordered(fields: dict[str, Any], first: Iterable[str]) -> dict[str, Any]:
    """Well-known keys first, the others by name: protobuf keeps no order."""
    known = [key for key in first if key in fields]
    return {key: _sorted(fields[key]) for key in (*known, *sorted(set(fields) - set(known)))}


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        first = [key for key in ("name", "namespace") if key in value]
        return {key: _sorted(value[key]) for key in (*first, *sorted(set(value) - set(first)))}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
