"""`aws.iam.getPolicyDocument`: a policy's JSON from its statements, as the real provider writes it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from trimtab.local.awsprovider.errors import refusal

if TYPE_CHECKING:
    from trimtab.local.awsprovider.clients import Clients
    from trimtab.local.awsprovider.invokes.port import Invoke
    from trimtab.local.awsprovider.values import Props

_LISTS: Final = {
    "actions": "Action",
    "notActions": "NotAction",
    "resources": "Resource",
    "notResources": "NotResource",
}
_PRINCIPALS: Final = {"principals": "Principal", "notPrincipals": "NotPrincipal"}


def policy_document(_clients: Clients, _region: str, args: Props) -> Props:
    """Sources, then own statements, then overriding ones: a later `sid` takes an earlier one's place."""
    version = args.get("version") or "2012-10-17"
    statements = _sources(args, "sourcePolicyDocuments")
    known = {each["Sid"] for each in statements if each.get("Sid")}
    own = [_statement(each) for each in args.get("statements") or []]
    doubled = sorted({each["Sid"] for each in own if each.get("Sid") in known})
    if doubled:
        said = f"sid {', '.join(doubled)} stands in a source document too"
        raise refusal("getPolicyDocument", "DuplicateSid", said)
    statements += own
    for each in _sources(args, "overridePolicyDocuments"):
        statements = [kept for kept in statements if not each.get("Sid") or kept.get("Sid") != each["Sid"]]
        statements.append(each)
    document: dict[str, Any] = {"Version": version}
    if args.get("policyId"):
        document["Id"] = args["policyId"]
    if statements:
        document["Statement"] = statements
    return {
        **args,
        "id": hashlib.sha256(json.dumps(document).encode()).hexdigest()[:10],
        "json": json.dumps(document, indent=2),
        "minifiedJson": json.dumps(document, separators=(",", ":")),
    }


def _sources(args: Props, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for text in args.get(name) or []:
        held = json.loads(text).get("Statement", []) if text else []
        found += held if isinstance(held, list) else [held]
    return found


def _statement(given: Props) -> dict[str, Any]:
    found: dict[str, Any] = {"Sid": given["sid"]} if given.get("sid") else {}
    found["Effect"] = given.get("effect") or "Allow"
    for name, member in _LISTS.items():
        if given.get(name):
            found[member] = _one_or_many(given[name])
    for name, member in _PRINCIPALS.items():
        if given.get(name):
            found[member] = _principals(given[name])
    if given.get("conditions"):
        found["Condition"] = _conditions(given["conditions"])
    return found


def _one_or_many(values: list[str]) -> Any:
    """One value stands alone; several are sorted, as order says nothing."""
    return values[0] if len(values) == 1 else sorted(values, reverse=True)


def _principals(given: list[Props]) -> Any:
    found: dict[str, list[str]] = {}
    for each in given:
        if each["type"] == "*" and each["identifiers"] == ["*"]:
            return "*"
        found.setdefault(each["type"], []).extend(each["identifiers"])
    return {kind: _one_or_many(names) for kind, names in found.items()}


def _conditions(given: list[Props]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in given:
        values = each["values"]
        found.setdefault(each["test"], {})[each["variable"]] = values[0] if len(values) == 1 else values
    return found


POLICY_DOCUMENT: dict[str, Invoke] = {"aws:iam/getPolicyDocument:getPolicyDocument": policy_document}
