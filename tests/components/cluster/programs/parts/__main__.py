"""Several components in a namespace of their own, as the configuration describes them."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

import pulumi
import pulumi_kubernetes as kubernetes
from pydantic import TypeAdapter

from trimtab.components.kube import skip_await
from trimtab.spec import Context, Owner


def named(path: str) -> Any:
    """Return what `module:attribute` names."""
    module, attribute = path.split(":")
    return getattr(import_module(module), attribute)


config = pulumi.Config("parts")
context = Context(
    platform="acme",
    environment=config.require("environment"),
    owner=Owner(team="Risk", cost_center="cc-100", contact="ml@acme.example"),
)
wrong: dict[str, Any] = config.get_object("wrong") or {}


def spoil(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Put what the configuration's `wrong` says into one object's `spec`."""
    if args.name != wrong.get("name"):
        return None
    declared: dict[str, Any] = cast("dict[str, Any]", args.props["spec"])
    props = {**args.props, "spec": {**declared, **wrong["spec"]}}
    return pulumi.ResourceTransformationResult(props, args.opts)


options = pulumi.ResourceOptions(transformations=[skip_await, spoil])
namespace = kubernetes.core.v1.Namespace("namespace", metadata={"name": config.require("namespace")}, opts=options)
for part in config.require_object("components"):
    spec = TypeAdapter(named(f"trimtab.spec.{part['model']}")).validate_python(part["spec"])
    named(f"trimtab.components.{part['component']}")(
        part["name"],
        {
            "context": context,
            "spec": spec,
            "namespace": namespace.metadata["name"],
            **({"spec_path": part["path"]} if "path" in part else {}),
            **part.get("inputs", {}),
        },
        pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=[namespace])),
    )
