"""Resources that an API keeps much as they were sent: made, described, listed, changed, deleted.

What moto lacks is mostly of that kind. A `Documents` holds one kind's resources on moto's own backend, so
that they live, and are reset, with the rest of that account and region.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = dict[str, Any]


@dataclass
class Document:
    """One resource: its members as the API names them, and its tags."""

    members: Answer
    tags: list[dict[str, str]] = field(default_factory=list)


def sent(response: Any) -> Answer:
    """The request's members, of JSON services and of those that moto parses by their model."""
    if getattr(response, "automated_parameter_parsing", False):
        return dict(response.params)
    body: Answer = json.loads(response.body or "{}")
    return body


@dataclass(frozen=True)
class Documents:
    """One kind of resource.

    Attributes:
        kind: how ARNs and the store call it (`mlflow-tracking-server`).
        backend: the attribute of moto's response class that holds the backend.
        name: member that names it in every request.
        arn: member that its ARN has in answers.
        service: service in the ARN.
        missing: makes the API's error where there is none of a name.
        taken: makes the API's error where the name is in use.
        fresh: members that the service decides when it is made.
    """

    kind: str
    backend: str
    name: str
    arn: str
    service: str
    missing: Callable[[str], Exception]
    taken: Callable[[str], Exception]
    fresh: Callable[[Answer], Answer] = lambda _sent: {}

    def store(self, response: Any) -> dict[str, Document]:
        """The resources of this kind in the request's account and region."""
        return self.of(getattr(response, self.backend))

    def of(self, backend: Any) -> dict[str, Document]:
        """The resources of this kind on a backend."""
        held: dict[str, dict[str, Document]] = backend.__dict__.setdefault("trimtab_documents", {})
        return held.setdefault(self.kind, {})

    def get(self, response: Any, name: str) -> Document:
        """One resource, by name or ARN."""
        store = self.store(response)
        found = store.get(name.rsplit("/", 1)[-1])
        if found is None:
            raise self.missing(name)
        return found

    def create(self, response: Any) -> ActionResult:
        """Keep a new resource."""
        asked = sent(response)
        name = asked[self.name]
        store = self.store(response)
        if name in store:
            raise self.taken(name)
        tags = asked.pop("Tags", None) or []
        backend = getattr(response, self.backend)
        arn = f"arn:aws:{self.service}:{backend.region_name}:{backend.account_id}:{self.kind}/{name}"
        now = utcnow()
        times = {"CreationTime": now, "LastModifiedTime": now}
        store[name] = Document({**asked, **self.fresh(asked), **times, self.arn: arn}, tags)
        return ActionResult({self.arn: arn})

    def describe(self, response: Any) -> ActionResult:
        """Say what is kept."""
        return ActionResult(self.get(response, sent(response)[self.name]).members)

    def update(self, response: Any) -> ActionResult:
        """Put what was sent over what is kept."""
        asked = sent(response)
        found = self.get(response, asked[self.name])
        found.members.update({**asked, "LastModifiedTime": utcnow()})
        return ActionResult({self.arn: found.members[self.arn]})

    def delete(self, response: Any) -> ActionResult:
        """Forget one."""
        name = sent(response)[self.name]
        arn = self.get(response, name).members[self.arn]
        del self.store(response)[name.rsplit("/", 1)[-1]]
        return ActionResult({self.arn: arn}) if self.arn else EmptyResult()

    def list_as(self, member: str) -> Callable[[Any], ActionResult]:
        """A listing whose answer holds the summaries under `member`."""

        def listing(response: Any) -> ActionResult:
            return ActionResult({member: [each.members for each in self.store(response).values()]})

        return listing
