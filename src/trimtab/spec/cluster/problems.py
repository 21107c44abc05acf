"""The shape of an error over several fields of a part on a cluster."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def refuse(field: str, message: str, *, allowed: str, remedy: str) -> PydanticCustomError:
    """Return the error of a rule over several fields.

    Args:
        field: the field to look at, below the object that was checked, camelCase.
        message: one sentence that names the value.
        allowed: what may stand there.
        remedy: what the user does next.
    """
    # The message goes through pydantic's template, where a brace of the user's own would be a placeholder.
    return PydanticCustomError(
        "cluster_rule", "{sentence}", {"sentence": message, "field": field, "allowed": allowed, "remedy": remedy}
    )
