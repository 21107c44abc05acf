"""The page of each source, made from its class, its constants and what the kinds ask of it; and their index."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docs.source_parts import SECTIONS
from docs.tables import page, table

from trimtab.cost.sources.cloudwatch import CloudWatch
from trimtab.cost.sources.engines import UsageTable
from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.inventory_aws import AwsAccount
from trimtab.cost.sources.inventory_file import InventoryFile
from trimtab.cost.sources.inventory_kubernetes import KubernetesCluster
from trimtab.cost.sources.prometheus import Prometheus
from trimtab.cost.sources.several import CloudAndCluster
from trimtab.cost.sources.stack_state import StackState

if TYPE_CHECKING:
    from collections.abc import Mapping

_IN_FILES = {"file", "table", "inventory-file"}
"""Those that the page on files is about."""
_ATTRIBUTES = re.compile(r"\n\nAttributes:\n.*", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A place that the analyser reads.

    Attributes:
        option: how a command is told to read it.
        gives: `samples` or `resources`, the name of the port's method.
    """

    cls: type
    option: str
    gives: str


SOURCES: Mapping[str, Source] = {
    "file": Source(UsageFile, "--usage FILE", "samples"),
    "cloudwatch": Source(CloudWatch, "--source cloudwatch", "samples"),
    "prometheus": Source(Prometheus, "--source prometheus", "samples"),
    "both": Source(CloudAndCluster, "--source both", "samples"),
    "table": Source(UsageTable, "--engine CONNECTION --usage TABLE", "samples"),
    "stack-state": Source(StackState, "--stack NAME, --state FILE", "resources"),
    "inventory-aws": Source(AwsAccount, "--inventory aws", "resources"),
    "inventory-kubernetes": Source(KubernetesCluster, "--inventory kubernetes", "resources"),
    "inventory-file": Source(InventoryFile, "--inventory FILE", "resources"),
}
"""By name; a test looks for every class that offers one of the ports, and for every choice of `--source`."""


def source_pages() -> dict[str, str]:
    """Return `cost/sources/<source>.md` of every source, and the index `cost/sources/README.md`."""
    made = {f"cost/sources/{name}.md": _page(name, source) for name, source in SOURCES.items()}
    return {"cost/sources/README.md": _index(), **made}


def _index() -> str:
    rows = ([f"[`{name}`]({name}.md)", one.gives, _options(one), _doc(one.cls)] for name, one in SOURCES.items())
    return page(
        "# Sources",
        f"Written by `make docs` from the {len(SOURCES)} sources themselves. "
        "[In prose](../sources.md), [files](../files.md).",
        table(["source", "gives", "option", "what it is"], rows),
    )


def _page(name: str, source: Source) -> str:
    module = sys.modules[source.cls.__module__]
    path = module.__name__.replace(".", "/")
    prose = "files" if name in _IN_FILES else "sources"
    return page(
        f"# `{name}`",
        f"Written by `make docs` from `src/{path}.py`. [In prose](../{prose}.md).",
        inspect.getdoc(module) or "",
        _doc(source.cls, whole=True),
        f"Gives {source.gives}; asked for by {_options(source)}.",
        SECTIONS[name](),
    )


def _options(source: Source) -> str:
    return ", ".join(f"`{option}`" for option in source.option.split(", "))


def _doc(cls: type, *, whole: bool = False) -> str:
    """Return what the class says of itself, without its attributes; the first paragraph where not the whole."""
    text = _ATTRIBUTES.sub("", inspect.getdoc(cls) or "")
    return text if whole else " ".join(text.split("\n\n", maxsplit=1)[0].split())
