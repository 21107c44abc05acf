"""The platform of this stack: reads `trimtab:platform`, declares every part of it."""

from __future__ import annotations

import json
import sys

import pulumi

from trimtab.components.platform import PlatformStack
from trimtab.spec import CONFIG_KEY, Platform, read_platform
from trimtab.spec.errors import SpecError, UserError

ERROR_WAS_SHOWN = 32
"""The exit code by which a Python program tells Pulumi that it has shown its error itself."""


def main() -> None:
    """Declare the platform and export its outputs; a wrong declaration is one message, without a traceback."""
    try:
        platform = declared()
    except UserError as error:
        pulumi.log.error(str(error))
        sys.exit(ERROR_WAS_SHOWN)
    embedded = pulumi.Config("trimtab").get_bool("embedded") or False
    for name, value in PlatformStack(platform, embedded=embedded).build().items():
        pulumi.export(name, value)


def declared() -> Platform:
    """Read the platform of this stack.

    Raises:
        UserError: it is missing or wrong.
    """
    namespace, _, key = CONFIG_KEY.partition(":")
    source = f"stacks/Pulumi.{pulumi.get_stack()}.yaml: {CONFIG_KEY}"
    text = pulumi.Config(namespace).get(key)
    if text is None:
        raise UserError(
            f"{source} is not set",
            remedy="declare the platform there; the other stacks' files show how, `trimtab spec schema` what.",
        )
    return read_platform(_parse(source, text), source=source)


def _parse(source: str, text: str) -> object:
    """Read what Pulumi hands over: the object as JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        problem = f"{text[:40]!r}: is a text; allowed: an object; remedy: write the platform as nested keys"
        raise SpecError(source, (problem,)) from None


main()
