"""Reading the files a user hands over, with one message for each way they can be broken."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_text(path: Path, what: str) -> str:
    """The file's text.

    Raises:
        UserError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"{what} {path}: cannot be read: {error.strerror}", remedy="name a file that exists and can be read."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"{what} {path}: is not UTF-8 text (byte {error.start})", remedy="save the file as UTF-8."
        ) from error


def read_yaml(path: Path, what: str) -> Any:
    """The file's content, YAML or JSON (which YAML contains).

    Raises:
        UserError: it cannot be read or parsed.
    """
    text = read_text(path, what)
    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise UserError(f"{what} {path}: is not valid YAML: {problem}", remedy="mend the file's syntax.") from error


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt name: the nearest known one, or where the list is."""
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    listed = "`trimtab policy list` names them all."
    return f"did you mean {near[0]}? {listed}" if near else listed
