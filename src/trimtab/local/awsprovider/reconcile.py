"""What a user wrote held against what the cloud says, so that only true drift is seen."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.diff import same
from trimtab.local.awsprovider.sdk import Field, MapOf, TypeNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.local.awsprovider.values import Props


def merge(written: Any, said: Any) -> Any:
    """What was written, completed by what the cloud added to it."""
    if isinstance(written, dict) and isinstance(said, dict):
        return {**said, **{key: merge(value, said.get(key)) for key, value in written.items()}}
    if isinstance(written, list) and isinstance(said, list) and len(written) == len(said):
        return [merge(mine, theirs) for mine, theirs in zip(written, said, strict=True)]
    return written


def refreshed(inputs: Props, said: Props, fields: Mapping[str, Field]) -> Props:
    """The inputs as the cloud has them now.

    A property that the cloud does not speak of stays as it was written; one that it says is not there (None)
    goes; one that differs in what was written takes the cloud's value, without what was never asked for.

    Args:
        inputs: plain inputs of the state.
        said: properties that were read.
        fields: the type's inputs.
    """
    kept: Props = {}
    for key, value in inputs.items():
        if key not in said:
            kept[key] = value
        elif said[key] is not None:
            kept[key] = _settle(value, said[key], fields[key].type if key in fields else None)
    return kept


def _settle(written: Any, said: Any, node: TypeNode | None) -> Any:
    if isinstance(written, dict) and isinstance(said, dict):
        if isinstance(node, MapOf):
            return written if written == said else said
        return {key: _settle(value, said.get(key, value), None) for key, value in written.items()}
    if isinstance(written, list) and isinstance(said, list):
        return _settle_list(written, said)
    return written if same(written, said) or _same_number(written, said) else said


def _same_number(written: Any, said: Any) -> bool:
    """Whether two texts are one number: AWS answers "0.0" where "0" was written."""
    if not isinstance(written, str) or not isinstance(said, str):
        return False
    try:
        return Decimal(written) == Decimal(said)
    except InvalidOperation:
        return False


def _settle_list(written: list[Any], said: list[Any]) -> list[Any]:
    if _unordered(written) == _unordered(said):
        return written
    if len(written) == len(said):
        return [_settle(mine, theirs, None) for mine, theirs in zip(written, said, strict=True)]
    asked = {key for item in written if isinstance(item, dict) for key in item}
    return [_only(item, asked) if asked else item for item in said]


def _unordered(items: list[Any]) -> list[str]:
    return sorted(repr(item) for item in items)


def _only(item: Any, keys: set[str]) -> Any:
    return {key: value for key, value in item.items() if key in keys} if isinstance(item, dict) else item
