"""Check and Diff: what the inputs are to be, and what a change of them means."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.check import DEFAULTS_KEY, Failure, validate
from trimtab.local.awsprovider.diff import Change, changes
from trimtab.local.awsprovider.naming import fit, invent, rule_of
from trimtab.local.awsprovider.record import RECORD
from trimtab.local.awsprovider.resource import TAGS
from trimtab.local.awsprovider.sdk import AnyOf, Field, ListOf, MapOf, ObjectOf, ResourceType, Scalar, TypeNode
from trimtab.local.awsprovider.services import MAPPED
from trimtab.local.awsprovider.values import UNKNOWN, Props, Secret, Unknown, has_secret, has_unknown, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True)
class Naming:
    """How the engine wants a resource named: a proposed name, no name, or as the provider likes."""

    logical: str
    seed: bytes = b""
    proposed: str = ""
    disabled: bool = False


@dataclass(frozen=True)
class Checked:
    """The inputs to go on with, or what is wrong with those given."""

    inputs: Props
    failures: list[Failure] = field(default_factory=list)


def check(kind: ResourceType, news: Props, olds: Props, default_tags: Mapping[str, Any], naming: Naming) -> Checked:
    """Validate, name, and add the default tags.

    Args:
        kind: the type.
        news: what the program gave, secrets marked.
        olds: the inputs of the state; empty for a new resource.
        default_tags: the provider's own tags.
        naming: what the engine says about the name.
    """
    inputs = {key: value for key, value in news.items() if key != DEFAULTS_KEY and value is not None}
    # tagsAll is ours to compute; an SDK never sends it.
    inputs.pop("tagsAll", None)
    failures = validate(plain(inputs), kind.inputs, kind.objects)
    if failures:
        return Checked(news, failures)
    inputs = {key: _as_text(value, kind.inputs[key]) for key, value in inputs.items()}
    defaults = _name(kind, inputs, olds, naming)
    _tag(kind, inputs, default_tags)
    if defaults:
        inputs[DEFAULTS_KEY] = defaults
    return Checked(inputs)


def _as_text(value: Any, declared: Field) -> Any:
    """A policy document that was given as an object, as the JSON text that AWS takes."""
    if isinstance(value, Secret):
        return Secret(_as_text(value.value, declared))
    takes_text = isinstance(declared.type, AnyOf) and Scalar("string") in declared.type.options
    if takes_text and isinstance(value, dict):
        return UNKNOWN if has_unknown(value) else json.dumps(plain(value))
    return value


def _name(kind: ResourceType, inputs: Props, olds: Props, naming: Naming) -> list[str]:
    rule = rule_of(kind.token)
    declared = kind.inputs.get(rule.property)
    if declared is None or declared.required or declared.type != Scalar("string"):
        return []
    if inputs.get(rule.property) or inputs.get(rule.prefix_property) or naming.disabled:
        return []
    if rule.property in olds.get(DEFAULTS_KEY, []) and olds.get(rule.property):
        inputs[rule.property] = olds[rule.property]
    elif naming.proposed:
        inputs[rule.property] = fit(rule, f"{rule.prefix}{naming.proposed}")
    else:
        inputs[rule.property] = invent(rule, naming.logical, naming.seed)
    return [rule.property]


def _tag(kind: ResourceType, inputs: Props, default_tags: Mapping[str, Any]) -> None:
    if "tagsAll" not in kind.outputs:
        return
    given = inputs.get("tags", {})
    bare = given.value if isinstance(given, Secret) else given
    if isinstance(bare, Unknown):
        inputs["tagsAll"] = UNKNOWN
        return
    merged = {**default_tags, **(bare or {})}
    if merged:
        inputs["tagsAll"] = Secret(plain(merged)) if has_secret(given) else merged


@dataclass(frozen=True)
class Difference:
    """What changed, and whether the old resource must go before the new one is made."""

    changes: list[Change]
    delete_first: bool


def diff(kind: ResourceType, old: Props, new: Props, ignored: Collection[str] = ()) -> Difference:
    """Compare plain inputs; paths below an ignored property do not count."""
    found = [
        change
        for change in changes(old, new, replacing(kind, new))
        if change.path not in ignored and change.top not in ignored
    ]
    name = rule_of(kind.token).property
    fixed = name in new and name not in new.get(DEFAULTS_KEY, []) and old.get(name) == new.get(name)
    return Difference(found, fixed and any(change.replaces for change in found))


def config_diff(old: Props, new: Props) -> Difference:
    """Compare provider configurations: another region is another set of resources."""
    return Difference(changes(old, new, {"region"}), delete_first=False)


def replacing(kind: ResourceType, inputs: Props) -> frozenset[str]:
    """The input paths whose change to `inputs` makes a new resource, by mapping, SDK documentation and name."""
    resource = MAPPED.get(kind.token, RECORD)
    if "*" in resource.replace or resource.anew(inputs):
        return frozenset(kind.inputs) - TAGS
    rule = rule_of(kind.token)
    documented = _documented(kind.inputs, kind, "", frozenset())
    return resource.replace | documented | {rule.property, rule.prefix_property, "region"}


def _documented(fields: Mapping[str, Field], kind: ResourceType, path: str, seen: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for name, declared in fields.items():
        where = f"{path}.{name}" if path else name
        if declared.replaces:
            found.add(where)
        ref = _object_of(declared.type)
        if ref and ref not in seen:
            found |= _documented(kind.objects[ref], kind, where, seen | {ref})
    return frozenset(found)


def _object_of(node: TypeNode) -> str:
    if isinstance(node, ObjectOf):
        return node.ref
    if isinstance(node, ListOf):
        return _object_of(node.item)
    if isinstance(node, AnyOf):
        return next((ref for ref in map(_object_of, node.options) if ref), "")
    return _object_of(node.item) if isinstance(node, MapOf) else ""
