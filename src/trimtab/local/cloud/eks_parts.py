"""EKS add-ons, access entries with their policies, and pod identity associations, which moto lacks.

Each belongs to a cluster, and goes with it. Requests and answers are those of
https://docs.aws.amazon.com/eks/latest/APIReference/.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.eks import urls
from moto.eks.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.eks.responses import EKSResponse

from trimtab.local.cloud.extending import extend

if TYPE_CHECKING:
    from collections.abc import Callable

Kept = dict[str, Any]

ADDON, ENTRY, ASSOCIATION = "addon", "access-entry", "podidentityassociation"
_DEFAULT_VERSION = "v1.0.0-eksbuild.1"
_PATHS = (
    "addons$",
    "addons/(?P<addonName>[^/]+)$",
    "addons/(?P<addonName>[^/]+)/update$",
    "access-entries$",
    "access-entries/(?P<principalArn>.+)$",
    "pod-identity-associations$",
    "pod-identity-associations/(?P<associationId>[^/]+)$",
)


def parts_of(cluster: Any, kind: str) -> dict[str, Kept]:
    """The parts of one kind that a cluster has, by what names them."""
    kinds: dict[str, dict[str, Kept]] = cluster.__dict__.setdefault("trimtab_parts", {})
    return kinds.setdefault(kind, {})


def _cluster(response: Any) -> Any:
    return response.eks_backend.describe_cluster(name=response._get_param("name"))  # noqa: SLF001  # moto's only way


def _sent(response: Any) -> Kept:
    body: Kept = json.loads(response.body or "{}")
    body.pop("clientRequestToken", None)
    return body


def _find(response: Any, kind: str, param: str) -> Kept:
    name = response._get_param(param)  # noqa: SLF001  # moto's only way
    found = parts_of(_cluster(response), kind).get(name)
    if found is None:
        raise ResourceNotFoundException(message=f"No {kind} found for: {name}")
    return found


def _keep(response: Any, kind: str, name: str, arn_member: str, members: Kept) -> Kept:
    """Keep a new part, with what EKS itself says of each."""
    cluster = _cluster(response)
    parts = parts_of(cluster, kind)
    if name in parts:
        raise ResourceInUseException(message=f"{kind} already exists: {name}")
    backend = response.eks_backend
    identity = f"{cluster.name}/{name.rsplit('/', 1)[-1]}"
    arn = f"arn:{backend.partition}:eks:{backend.region_name}:{backend.account_id}:{kind}/{identity}"
    now = utcnow()
    parts[name] = {"tags": {}, **members, "clusterName": cluster.name, "createdAt": now, "modifiedAt": now}
    parts[name][arn_member] = f"{arn}/{uuid.uuid4()}" if kind != ASSOCIATION else arn
    return parts[name]


def _put(found: Kept, asked: Kept) -> None:
    found.update({**asked, "modifiedAt": utcnow()})


def _delete(kind: str, param: str, member: str = "") -> Callable[[Any], Any]:
    def delete(self: Any) -> Any:
        found = _find(self, kind, param)
        del parts_of(_cluster(self), kind)[self._get_param(param)]
        return ActionResult({member: found}) if member else EmptyResult()

    return delete


def _describe(kind: str, param: str, member: str) -> Callable[[Any], Any]:
    return lambda self: ActionResult({member: _find(self, kind, param)})


def _create_addon(self: Any) -> Any:
    asked = _sent(self)
    members = {"addonVersion": _DEFAULT_VERSION, **asked, "status": "ACTIVE", "health": {"issues": []}}
    kept = _keep(self, ADDON, asked["addonName"], "addonArn", members)
    _associate_addon(self, kept, asked)
    return ActionResult({"addon": kept})


def _update_addon(self: Any) -> Any:
    found, asked = _find(self, ADDON, "addonName"), _sent(self)
    _put(found, asked)
    _associate_addon(self, found, asked)
    update = {"id": str(uuid.uuid4()), "status": "Successful", "type": "AddonUpdate", "createdAt": utcnow()}
    return ActionResult({"update": update})


def _associate_addon(response: Any, addon: Kept, asked: Kept) -> None:
    """An add-on's associations are sent as pairs, kept as associations that it owns, and told as their ARNs."""
    if "podIdentityAssociations" not in asked:
        return
    associations = parts_of(_cluster(response), ASSOCIATION)
    for name in [key for key, kept in associations.items() if kept.get("ownerArn") == addon["addonArn"]]:
        del associations[name]
    arns = []
    for pair in asked["podIdentityAssociations"]:
        name = f"a-{uuid.uuid4().hex[:17]}"
        members = {**pair, "namespace": "kube-system", "associationId": name, "ownerArn": addon["addonArn"]}
        arns.append(_keep(response, ASSOCIATION, name, "associationArn", members)["associationArn"])
    addon["podIdentityAssociations"] = arns


def _create_entry(self: Any) -> Any:
    asked = _sent(self)
    principal = asked["principalArn"]
    members = {"type": "STANDARD", "kubernetesGroups": [], "username": principal, **asked}
    return ActionResult({"accessEntry": _keep(self, ENTRY, principal, "accessEntryArn", members)})


def _update_entry(self: Any) -> Any:
    found = _find(self, ENTRY, "principalArn")
    _put(found, _sent(self))
    return ActionResult({"accessEntry": found})


def _policies(entry: Kept) -> dict[str, Kept]:
    held: dict[str, Kept] = entry.setdefault("trimtab_policies", {})
    return held


def _associate_policy(self: Any) -> Any:
    entry, asked = _find(self, ENTRY, "principalArn"), _sent(self)
    now = utcnow()
    before = _policies(entry).get(asked["policyArn"], {"associatedAt": now})
    kept = {**before, **asked, "modifiedAt": now}
    _policies(entry)[asked["policyArn"]] = kept
    answer = {"clusterName": entry["clusterName"], "principalArn": entry["principalArn"]}
    return ActionResult({**answer, "associatedAccessPolicy": kept})


def _disassociate_policy(self: Any) -> Any:
    entry, policy = _find(self, ENTRY, "principalArn"), self._get_param("policyArn")
    if _policies(entry).pop(policy, None) is None:
        raise ResourceNotFoundException(message=f"The policy {policy} is not associated.")
    return EmptyResult()


def _list_policies(self: Any) -> Any:
    entry = _find(self, ENTRY, "principalArn")
    answer = {"clusterName": entry["clusterName"], "principalArn": entry["principalArn"]}
    return ActionResult({**answer, "associatedAccessPolicies": list(_policies(entry).values())})


def _create_association(self: Any) -> Any:
    asked = _sent(self)
    pair = (asked["namespace"], asked["serviceAccount"])
    for kept in parts_of(_cluster(self), ASSOCIATION).values():
        if (kept["namespace"], kept["serviceAccount"]) == pair:
            raise ResourceInUseException(message=f"Association already exists: {kept['associationId']}")
    name = f"a-{uuid.uuid4().hex[:17]}"
    external = {"externalId": uuid.uuid4().hex} if asked.get("targetRoleArn") else {}
    members = {"disableSessionTags": False, **asked, **external, "associationId": name}
    return ActionResult({"association": _keep(self, ASSOCIATION, name, "associationArn", members)})


def _update_association(self: Any) -> Any:
    found = _find(self, ASSOCIATION, "associationId")
    _put(found, _sent(self))
    return ActionResult({"association": found})


def _list_associations(self: Any) -> Any:
    return ActionResult({"associations": list(parts_of(_cluster(self), ASSOCIATION).values())})


def _list_names(kind: str, member: str) -> Callable[[Any], Any]:
    return lambda self: ActionResult({member: list(parts_of(_cluster(self), kind))})


def install_eks_parts() -> None:
    """Serve these operations, at their paths."""
    base = "{0}/clusters/(?P<name>[^/]+)/"
    urls.url_paths.update({base + path: urls.response.dispatch for path in _PATHS})
    extend(
        EKSResponse,
        {
            "create_addon": _create_addon,
            "describe_addon": _describe(ADDON, "addonName", "addon"),
            "update_addon": _update_addon,
            "delete_addon": _delete(ADDON, "addonName", "addon"),
            "list_addons": _list_names(ADDON, "addons"),
            "create_access_entry": _create_entry,
            "describe_access_entry": _describe(ENTRY, "principalArn", "accessEntry"),
            "update_access_entry": _update_entry,
            "delete_access_entry": _delete(ENTRY, "principalArn"),
            "list_access_entries": _list_names(ENTRY, "accessEntries"),
            "associate_access_policy": _associate_policy,
            "disassociate_access_policy": _disassociate_policy,
            "list_associated_access_policies": _list_policies,
            "create_pod_identity_association": _create_association,
            "describe_pod_identity_association": _describe(ASSOCIATION, "associationId", "association"),
            "update_pod_identity_association": _update_association,
            "delete_pod_identity_association": _delete(ASSOCIATION, "associationId", "association"),
            "list_pod_identity_associations": _list_associations,
        },
    )
