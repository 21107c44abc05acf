"""Functions of providers that a program calls: `aws.get_region()`, a YAML file that becomes objects."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import yaml

from trimtab.render.shapes import Shape, merged
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.render.placeholders import Placeholders

_TOKEN = re.compile(r"^(?P<package>[^:]+):(?P<module>[^:/]*)(/[^:]*)?:(?P<function>\w+)$")
_MADE_BY_THE_PROVIDER = ("kubernetes:helm:template", "kubernetes:kustomize:directory")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Python cannot name a package after a keyword.
_RENAMED = {"lambda": "lambda_"}


def answer(token: str, args: Mapping[str, Any], placeholders: Placeholders) -> dict[str, Any]:
    """What a function answers: its arguments again, and stand-ins for the rest.

    Raises:
        UserError: the function turns a text into objects, and cannot.
    """
    if token == "kubernetes:yaml:decode":  # noqa: S105  # a function's name
        return {"result": _decoded(str(args.get("text", "")))}
    if token in _MADE_BY_THE_PROVIDER:
        return {"result": []}
    result = _result_class(token)
    if result is None:
        return dict(args)
    return merged(Shape(placeholders, (token.rsplit(":", 1)[-1],), numbers=False).of(result), args)


def _decoded(text: str) -> list[Any]:
    try:
        return [document for document in yaml.safe_load_all(text) if document]
    except yaml.YAMLError as error:
        raise UserError(f"a YAML text of the program is broken: {error}", remedy="mend that file.") from error


def _result_class(token: str) -> type | None:
    """The class of the SDK that a function's answer is of; None where no installed SDK has the function."""
    match = _TOKEN.match(token)
    if match is None:
        return None
    name = _CAPITAL.sub("_", match["function"]).lower()
    inner = "" if match["module"] in ("", "index") else "." + _RENAMED.get(match["module"], match["module"])
    try:
        module = importlib.import_module(f"pulumi_{match['package'].replace('-', '_')}{inner}")
    except ImportError:
        return None
    function = getattr(module, name, None)
    found = getattr(function, "__annotations__", {}).get("return")
    return found if isinstance(found, type) else None
