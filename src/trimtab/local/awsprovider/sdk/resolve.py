"""From a resource token to the SDK class that declares it, importing that one module only."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import re
import threading
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from trimtab.local.awsprovider.sdk.reflect import Reflector
from trimtab.local.awsprovider.sdk.store import TypeStore
from trimtab.local.awsprovider.sdk.types import ResourceType
from trimtab.local.home import Home

_TOKEN = re.compile(r"^aws:(?P<package>[^/:]+)/(?P<module>[^/:]+):(?P<cls>[^/:]+)$")
PROVIDER = "pulumi:providers:aws"
# Python cannot name a package after a keyword.
_RENAMED = {"lambda": "lambda_"}
# Requests come in many threads, and the SDK's packages import one another while they are imported.
_LOCK = threading.RLock()
_KNOWN: dict[str, ResourceType | None] = {}


def sdk_version() -> str:
    """The version of the installed pulumi_aws."""
    return importlib.metadata.version("pulumi_aws")


def resolve(token: str) -> ResourceType | None:
    """What pulumi_aws says of a resource type: from memory, from disk, or off the class itself.

    Args:
        token: `aws:sagemaker/endpoint:Endpoint`, say.

    Returns:
        Its properties, or None where the installed SDK has no such type.
    """
    with _LOCK:
        if token not in _KNOWN:
            store = _store()
            kind = store.load(token)
            if kind is None:
                kind = reflect(token)
                if kind is not None:
                    store.keep(kind)
            _KNOWN[token] = kind
        return _KNOWN[token]


@cache
def _store() -> TypeStore:
    # The number of the form that is kept; another form, another folder.
    return TypeStore(Home.from_environment().builds / f"aws-types-{sdk_version()}-1")


def reflect(token: str) -> ResourceType | None:
    """Read a resource type off the SDK's class; None where there is none."""
    if token == PROVIDER:
        reflector = Reflector()
        inputs = reflector.inputs(_import("pulumi_aws.provider").ProviderArgs)
        return ResourceType(token, inputs, {}, reflector.objects)
    module = _module(token)
    cls = token.rsplit(":", 1)[-1]
    # Where a nested object already has the name, the SDK calls the resource's own arguments InitArgs.
    args = getattr(module, f"{cls}InitArgs", None) or getattr(module, f"{cls}Args", None)
    if module is None or args is None:
        return None
    reflector = Reflector()
    inputs = reflector.inputs(args)
    outputs = reflector.outputs(getattr(module, f"_{cls}State"), getattr(module, cls))
    return ResourceType(token, inputs, outputs, reflector.objects)


def provider_type() -> ResourceType:
    """The provider's own configuration, as the inputs of its type.

    Raises:
        LookupError: pulumi_aws is not installed whole.
    """
    found = resolve(PROVIDER)
    if found is None:
        raise LookupError("pulumi_aws has no provider class; install it anew")
    return found


def _module(token: str) -> Any:
    match = _TOKEN.match(token)
    if match is None:
        return None
    package = _RENAMED.get(match["package"], match["package"])
    for stem in _stems(package):
        if stem.replace("_", "").lower() == match["module"].lower():
            return _import(f"pulumi_aws.{package}.{stem}")
    return None


@cache
def _stems(package: str) -> tuple[str, ...]:
    """The module names of one SDK package, found without importing it."""
    root = importlib.util.find_spec("pulumi_aws")
    if root is None or not root.submodule_search_locations:
        return ()
    folder = Path(root.submodule_search_locations[0]) / package
    return tuple(sorted(path.stem for path in folder.glob("*.py")))


def _import(name: str) -> Any:
    with warnings.catch_warnings():
        # A package imports its neighbours, and some of those are deprecated; nobody asked for them.
        warnings.simplefilter("ignore", DeprecationWarning)
        # The SDK's packages load when a name is first looked up in them. One that a part of its own looks into while it
        # is imported misses that part for ever: `pulumi_aws.ec2` would have no VpcEndpoint in this process.
        getattr(importlib.import_module(name.rpartition(".")[0]), "anything", None)
        return importlib.import_module(name)
