"""A kind of SageMaker's resources as documents on moto's backend, with the errors that its API gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.sagemaker.exceptions import ValidationError

from trimtab.local.cloud.documents import Answer, Documents

if TYPE_CHECKING:
    from collections.abc import Callable


def sagemaker_kind(kind: str, name: str, arn: str, fresh: Callable[[Answer], Answer]) -> Documents:
    """Return the documents of one kind; see `Documents` for the arguments."""
    return Documents(kind, "sagemaker_backend", name, arn, "sagemaker", _missing(kind), _taken(kind), fresh)


def as_method(operation: Any) -> Any:
    """A bound operation as a method of moto's response class, which gives itself as first argument."""

    def method(response: Any) -> Any:
        return operation(response)

    return method


def _missing(kind: str) -> Any:
    return lambda name: ValidationError(message=f"Could not find {kind} '{name}'.")


def _taken(kind: str) -> Any:
    return lambda name: ValidationError(message=f"{kind} '{name}' already exists.")
