"""From a resource token to the SDK class that declares it, importing that one module only."""

from __future__ import annotations

import importlib
import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.sdk.reflect import Reflector
from trimtab.local.awsprovider.sdk.types import ResourceType

if TYPE_CHECKING:
    from types import ModuleType

_TOKEN = re.compile(r"^aws:(?P<package>[^/:]+)/(?P<module>[^/:]+):(?P<cls>[^/:]+)$")
# Python cannot name a package after a keyword.
_RENAMED = {"lambda": "lambda_"}


@cache
def resolve(token: str) -> ResourceType | None:
    """Read what pulumi_aws says of a resource type.

    Args:
        token: `aws:sagemaker/endpoint:Endpoint`, say.

    Returns:
        Its properties, or None where the installed SDK has no such type.
    """
    module = _module(token)
    cls = token.rsplit(":", 1)[-1]
    if module is None or not hasattr(module, f"{cls}Args"):
        return None
    reflector = Reflector()
    inputs = reflector.inputs(getattr(module, f"{cls}Args"))
    outputs = reflector.outputs(getattr(module, f"_{cls}State"), getattr(module, cls))
    return ResourceType(token, inputs, outputs, reflector.objects)


def _module(token: str) -> ModuleType | None:
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
    return importlib.import_module(name)
