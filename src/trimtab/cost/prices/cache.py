"""Answers of price lists on disk, for a week."""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING, TypeVar

from trimtab.cost.home import home

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

SECONDS = 7 * 86_400

Known = TypeVar("Known", bound="BaseModel")


def cache_folder() -> Path:
    """Return `$TRIMTAB_HOME/prices`, or a folder in it for the address that stands in for AWS.

    The local cloud's prices are made up and must not be taken for AWS' own.
    """
    folder = home() / "prices"
    address = os.environ.get("AWS_ENDPOINT_URL")
    return folder / f"of-{hashlib.sha256(address.encode()).hexdigest()[:12]}" if address else folder


def recall(path: Path, form: type[Known], seconds: int = SECONDS) -> Known | None:
    """Return what was kept, if it is fresh; a broken or old file counts as none."""
    try:
        if time.time() - path.stat().st_mtime > seconds:
            return None
        return form.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None


def keep(path: Path, value: BaseModel) -> None:
    """Keep an answer; a disk that is full or read-only costs a question more the next time, nothing else."""
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(value.model_dump_json(), encoding="utf-8")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
