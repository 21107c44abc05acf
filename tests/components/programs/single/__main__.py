"""One component alone, as the configuration describes it: its class, its spec, its wired inputs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pulumi
from pydantic import TypeAdapter

from trimtab.spec import Context, Owner


def named(path: str) -> Any:
    """Return what `module:attribute` names."""
    module, attribute = path.split(":")
    return getattr(import_module(module), attribute)


wanted: dict[str, Any] = pulumi.Config("single").require_object("component")
context = Context(
    platform="acme",
    environment=wanted["environment"],
    owner=Owner(team="Risk", cost_center="cc-100", contact="ml@acme.example"),
    data_classification="confidential",
)
spec = TypeAdapter(named(wanted["model"])).validate_python(wanted["spec"])
named(wanted["component"])(wanted["name"], {"context": context, "spec": spec, **wanted["inputs"]})
