"""The shipped stacks, as tests run them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
STACKS = ROOT / "stacks"
PACKS = tuple(sorted(path.parent for path in (ROOT / "policies").glob("*/PulumiPolicy.yaml")))
_YAML = YAML(typ="safe")


def configuration(stack: str) -> dict[str, Any]:
    """The `config` of a stack's file."""
    config: dict[str, Any] = _YAML.load(STACKS / f"Pulumi.{stack}.yaml")["config"]
    return config


def pack_flags() -> list[str]:
    """Flags that run every policy pack of the repository."""
    return [part for pack in PACKS for part in ("--policy-pack", str(pack))]
