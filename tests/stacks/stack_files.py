"""The shipped stacks, as tests run them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
STACKS = ROOT / "stacks"
_YAML = YAML(typ="safe")


def configuration(stack: str) -> dict[str, Any]:
    """The `config` of a stack's file, on the embedded cluster whichever the stack is."""
    config: dict[str, Any] = _YAML.load(STACKS / f"Pulumi.{stack}.yaml")["config"]
    return {**config, "trimtab:embedded": True}


def pack_flags() -> list[str]:
    """Flags that run every rule of the repository, in one pack."""
    return ["--policy-pack", str(ROOT / "policies" / "all")]
