"""What this cloud adds to moto, as one explicit list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.cloud.sagemaker_endpoint import install_update_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

EXTENSIONS: tuple[Callable[[], None], ...] = (install_update_endpoint,)


def install() -> None:
    """Add every extension to moto's classes of this process; more than once does no harm."""
    for extension in EXTENSIONS:
        extension()
