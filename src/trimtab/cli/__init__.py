"""The command line: parse, wire, print, exit code; nothing else."""

from __future__ import annotations

from trimtab.cli.main import main

__all__ = ["main"]
