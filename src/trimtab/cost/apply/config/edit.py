"""Minimal text edits of a YAML file: the value's own characters change, every other byte stays."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from trimtab.cost.apply.config.path import find, parts
from trimtab.cost.model.journal import ConfigEdit, Replacement
from trimtab.spec.errors import UserError
from trimtab.spec.load import CONFIG_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.model import SpecEdit

_BY_HAND = "set it by hand, then run `trimtab cost recommend` again."


def digest(text: str) -> str:
    """Return the SHA-256 of the file that holds `text`."""
    return hashlib.sha256(text.encode()).hexdigest()


def edited(text: str, edits: Sequence[SpecEdit], name: str) -> tuple[Replacement, ...]:
    """Return the replacements that set each edit's path under `trimtab:platform`.

    Args:
        text: the file as it is.
        edits: what to set; each `before` must be what the file says now.
        name: the file as the user calls it.

    Raises:
        UserError: the file is broken, says something else than `before`, or writes the value in a form that
            cannot be edited in place (an anchor, a block scalar).
    """
    root = _compose(text, name)
    found = [_replacement(text, root, edit, name) for edit in edits]
    ordered = tuple(sorted(found, key=lambda one: one.start))
    _prove(text, replaced(text, ordered), edits, name)
    return ordered


def in_force(text: str, edits: Sequence[SpecEdit], name: str) -> list[SpecEdit]:
    """Return the edits that the file shows traces of: those whose field is there and is not what it was before.

    Raises:
        UserError: the file is broken.
    """
    root = _compose(text, name)
    found = [(edit, find(root, parts(edit.spec_path))) for edit in edits]
    return [
        edit
        for edit, node in found
        if node is not None and _value(text[node.start_mark.index : node.end_mark.index]) != edit.before
    ]


def replaced(text: str, replacements: Sequence[Replacement]) -> str:
    """Return `text` with every replacement made."""
    for one in reversed(replacements):
        text = text[: one.start] + one.new + text[one.start + len(one.old) :]
    return text


def inverse(config: ConfigEdit) -> tuple[Replacement, ...]:
    """Return the replacements that lead from the new text back to the old one."""
    shift, back = 0, []
    for one in config.replacements:
        back.append(Replacement(start=one.start + shift, old=one.new, new=one.old))
        shift += len(one.new) - len(one.old)
    return tuple(back)


def _compose(text: str, name: str) -> Node:
    try:
        root = YAML().compose(text)
    except YAMLError as error:
        raise UserError(f"{name}: is not YAML: {str(error).splitlines()[0]}", remedy="mend the file.") from error
    platform = find(root, ["config", CONFIG_KEY]) if root else None
    if platform is None:
        raise UserError(f"{name}: holds no {CONFIG_KEY} under config", remedy="name a stack that declares a platform.")
    return platform


def _replacement(text: str, root: Node, edit: SpecEdit, name: str) -> Replacement:
    path = parts(edit.spec_path)
    node = find(root, path)
    if node is None:
        parent = find(root, path[:-1])
        if parent is None or not isinstance(path[-1], str):
            raise UserError(f"{name}: {edit.spec_path} is not declared there", remedy=_BY_HAND)
        return _insertion(text, parent, path[-1], edit, name)
    if not isinstance(node, ScalarNode) or node.style in {"|", ">"}:
        raise UserError(f"{name}: {edit.spec_path} is not written as one plain value", remedy=_BY_HAND)
    start, end = node.start_mark.index, node.end_mark.index
    if _value(text[start:end]) != edit.before:
        raise UserError(
            f"{name}: {edit.spec_path} is {text[start:end]}; the advice was made for {edit.before}",
            remedy="run `trimtab cost recommend` again: the declaration was changed since.",
        )
    quote = node.style or ""
    return Replacement(start=start, old=text[start:end], new=f"{quote}{edit.after}{quote}")


def _insertion(text: str, parent: Node, key: str, edit: SpecEdit, name: str) -> Replacement:
    """Write a field that stood at its default: on a line of its own after the first plain one of its object."""
    if not isinstance(parent, MappingNode) or not parent.value:
        raise UserError(f"{name}: the object of {edit.spec_path} is empty", remedy=_BY_HAND)
    if parent.flow_style:
        at = parent.value[-1][1].end_mark.index
        return Replacement(start=at, old="", new=f", {key}: {edit.after}")
    for first, value in parent.value:
        on_one_line = value.end_mark.line == first.start_mark.line
        if isinstance(value, ScalarNode) and value.style not in {"|", ">"} and on_one_line:
            end = text.find("\n", value.end_mark.index)
            ending = "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
            line = f"{' ' * first.start_mark.column}{key}: {edit.after}"
            if end < 0:
                return Replacement(start=len(text), old="", new=f"{ending}{line}")
            return Replacement(start=end + 1, old="", new=f"{line}{ending}")
    raise UserError(f"{name}: {edit.spec_path} has no line that it can follow", remedy=_BY_HAND)


def _value(written: str) -> Any:
    return YAML(typ="safe").load(written)


def _plain(text: str) -> Any:
    """Return the values of a file, none shared (a safe load keeps what an anchor ties together); None: not YAML."""
    try:
        return _copied(YAML(typ="safe").load(text))
    except YAMLError:
        return None


def _copied(value: Any) -> Any:
    """Copy lists and objects so that no two places hold the same one."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _prove(before: str, after: str, edits: Sequence[SpecEdit], name: str) -> None:
    """Refuse an edit whose effect is not exactly the one that was asked for (anchors share a value, say)."""
    wanted, got = _plain(before), _plain(after)
    for edit in edits:
        *way, last = ["config", CONFIG_KEY, *parts(edit.spec_path)]
        place = wanted
        for part in way:
            place = place[part]
        place[last] = edit.after
    if wanted != got:
        paths = ", ".join(edit.spec_path for edit in edits)
        raise UserError(
            f"{name}: {paths} cannot be edited alone: an anchor or an odd form ties it to another value",
            remedy=_BY_HAND,
        )
