"""Lists of the API server, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubernetes.client.exceptions import ApiException
from kubernetes.utils.quantity import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kubernetes.client import CustomObjectsApi

_PAGE = 500
"""What kubectl asks for at once."""
_NOT_FOUND = 404


def listed(call: Callable[..., Any]) -> Iterator[Any]:
    """Yield every object of a typed list call."""
    token = None
    while True:
        page = call(limit=_PAGE, **({"_continue": token} if token else {}))
        yield from page.items
        token = page.metadata._continue  # noqa: SLF001  # the client's own name for the API's `continue`
        if not token:
            return


def custom(api: CustomObjectsApi, group: str, version: str, plural: str) -> Iterator[dict[str, Any]]:
    """Yield every cluster-wide custom object of a kind; nothing where the cluster does not know the kind."""
    token = None
    while True:
        more: dict[str, Any] = {"_continue": token} if token else {}
        try:
            page: Any = api.list_cluster_custom_object(group, version, plural, limit=_PAGE, **more)
        except ApiException as error:
            if error.status == _NOT_FOUND:
                return
            raise
        yield from page["items"]
        token = page["metadata"].get("continue")
        if not token:
            return


def quantity(text: str) -> float:
    """Return a quantity (`250m`, `1Gi`) as a number."""
    return float(parse_quantity(text))  # type: ignore[no-untyped-call]  # theirs
