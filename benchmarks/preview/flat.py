"""A program without components: every resource of a preview, written out by hand-written-style constructor calls."""

from __future__ import annotations

import inspect
import json
import re
from importlib import import_module
from pprint import pformat
from typing import Any

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # How Pulumi's JSON writes a value that is not known yet.


def flat_program(preview: str) -> tuple[str, int]:
    """Write the program.

    Args:
        preview: the output of `pulumi preview --json` on an empty stack.

    Returns:
        Python source that declares the same AWS resources with the same inputs, and how many they are.
    """
    states = [step["newState"] for step in json.loads(preview)["steps"] if "newState" in step]
    resources = [state for state in states if state["type"].startswith("aws:")]
    modules = sorted({_module(state["type"]) for state in resources})
    lines = [f"import pulumi_aws.{module}" for module in modules]
    lines += [_call(state) for state in resources]
    return "\n".join(lines) + "\n", len(resources)


def _module(token: str) -> str:
    return token.split(":")[1].split("/", maxsplit=1)[0]


def _call(state: dict[str, Any]) -> str:
    module, name = _module(state["type"]), state["type"].split(":")[2]
    cls = getattr(import_module(f"pulumi_aws.{module}"), name)
    parameters = set(inspect.signature(cls._internal_init).parameters)  # the SDK's only full list
    inputs = {_snake(key): _known(value, key) for key, value in state.get("inputs", {}).items() if key != "__defaults"}
    arguments = "".join(f", {key}={pformat(value, width=10_000)}" for key, value in inputs.items() if key in parameters)
    logical = state["urn"].rsplit("::", 1)[1]
    return f"pulumi_aws.{module}.{name}({logical!r}{arguments})"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _known(value: Any, name: str = "") -> Any:
    """Return the value as a literal; what is not known yet becomes a text, or a list where its name is plural."""
    if isinstance(value, dict):
        return {key: _known(inner, key) for key, inner in value.items() if key != "__defaults"}
    if isinstance(value, list):
        return [_known(inner) for inner in value]
    if value != UNKNOWN:
        return value
    return ["unknown"] if name.endswith("s") else "unknown"
