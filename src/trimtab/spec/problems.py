"""A pydantic error as a sentence: path, value, what is allowed, remedy."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from trimtab.spec.allowed import allowed_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

_MESSAGES = {
    "extra_forbidden": "there is no such field",
    "missing": "is required",
    "string_pattern_mismatch": "does not have the form",
    "model_type": "is not an object",
    "model_attributes_type": "is not an object",
    "dict_type": "is not an object",
    "tuple_type": "is not a list",
    "string_type": "is not text",
    "union_tag_not_found": "does not say of which kind it is",
    "too_short": "has too few entries",
    "too_long": "has too many entries",
    "decimal_type": "is not an amount",
    "decimal_parsing": "is not an amount",
    "literal_error": "is none of the allowed values",
    "union_tag_invalid": "is of no such kind",
}
_TEXTS = frozenset({"string_pattern_mismatch", "string_type"})
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
_SHOWN = 60
_ABSENT = object()


def sentence(error: ErrorDetails, root: type[BaseModel]) -> str:
    """Describe one validation error of `root`.

    Returns:
        `path = value: what is wrong; allowed: …; remedy: …`, in one line.
    """
    context: Mapping[str, Any] = error.get("ctx", {})
    path, value = _place(error, context, root)
    allowed = context.get("allowed") or _allowed(error, root)
    remedy = context.get("remedy") or _remedy(error, path, allowed, root)
    shown = "" if value is _ABSENT else f" = {_short(value)}"
    return f"{path or 'platform'}{shown}: {_message(error)}; allowed: {allowed}; remedy: {remedy}"


def _place(error: ErrorDetails, context: Mapping[str, Any], root: type[BaseModel]) -> tuple[str, object]:
    """Return where an error lies and what stands there.

    A rule over several fields names the one to look at: `field` below the object that was checked, or `path` from the
    top and what it `names`.
    """
    path, value = spec_path(error["loc"], root), error["input"]
    if error["type"] == "missing":
        return path, _ABSENT
    if "path" in context:
        return str(context["path"]), context.get("name", _ABSENT)
    if "field" in context:
        return f"{path}.{context['field']}" if path else str(context["field"]), _below(value, str(context["field"]))
    return path, value


def _below(value: object, field: str) -> object:
    for name, index in _STEP.findall(field):
        if index and isinstance(value, list):
            value = value[int(index)]
        else:
            value = value.get(name, _ABSENT) if isinstance(value, dict) else _ABSENT
    return value


def spec_path(loc: Sequence[int | str], root: type[BaseModel]) -> str:
    """Write a pydantic location as `trainingPools[0].maxNodes`, without the tags of unions."""
    tags = _union_tags(root)
    path = ""
    previous: int | str | None = None
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part in tags and previous in tags[part]:
            continue
        else:
            path += f".{part}" if path else part
        previous = part if isinstance(part, str) else previous
    return path


def _message(error: ErrorDetails) -> str:
    said = error["msg"]
    return _MESSAGES.get(error["type"], said[:1].lower() + said[1:])


def _allowed(error: ErrorDetails, root: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        return ", ".join(_fields_at(error["loc"][:-1], root))
    return allowed_at(error["loc"], root) or error["msg"].removeprefix("Input should be ")


def _remedy(error: ErrorDetails, path: str, allowed: str, root: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        close = difflib.get_close_matches(name, _fields_at(error["loc"][:-1], root), n=1)
        return f"did you mean {close[0]}?" if close else f"remove {name}"
    if error["type"] == "missing":
        return f"add {path}"
    # The form of a text is described in a sentence of its own; everything else is a phrase that can be set.
    wanted = "a text of that form" if error["type"] in _TEXTS else allowed
    return f"set {path or 'platform'} to {wanted}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def _models_at(loc: Sequence[int | str], root: type[BaseModel]) -> list[type[BaseModel]]:
    models = [root]
    for part in loc:
        fields = [field for model in models for field in model.model_fields.values() if field.alias == part]
        deeper = [inner for field in fields for inner in _models(field.annotation)]
        models = deeper or [model for model in models if part in _tag_values(model)] or models
    return models


def _fields_at(loc: Sequence[int | str], root: type[BaseModel]) -> list[str]:
    return sorted({field.alias or name for m in _models_at(loc, root) for name, field in m.model_fields.items()})


def _tag_values(model: type[BaseModel]) -> set[str]:
    return {
        value
        for name in ("type", "form")
        if name in model.model_fields
        for value in get_args(model.model_fields[name].annotation)
    }


def _union_tags(root: type[BaseModel]) -> dict[str, set[str]]:
    """Return each union tag with the fields whose models it chooses between."""
    tags: dict[str, set[str]] = {}
    seen: set[type[BaseModel]] = set()
    queue = [root]
    while queue:
        model = queue.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            inner = _models(field.annotation)
            queue += inner
            for tag in (value for choice in inner for value in _tag_values(choice)):
                tags.setdefault(tag, set()).add(field.alias or name)
    return tags
