"""In the engine's place: records what a program declares and answers with what it gave, plus stand-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from google.protobuf.json_format import MessageToDict
from pulumi.runtime.mocks import MockMonitor, Mocks

from trimtab.render.invokes import answer
from trimtab.render.placeholders import short_type
from trimtab.render.recorded import Recorded
from trimtab.render.shapes import Shape, merged
from trimtab.render.wire import plain

if TYPE_CHECKING:
    import pulumi
    from pulumi.runtime import MockCallArgs, MockResourceArgs

    from trimtab.render.placeholders import Placeholders

_KUBERNETES = "kubernetes:"


class Answers(Mocks):
    """What a program reads back from the resources that it declares."""

    def __init__(self, placeholders: Placeholders) -> None:
        self.placeholders = placeholders
        self._classes: dict[tuple[str, str], type] = {}

    def note(self, args: pulumi.ResourceTransformationArgs) -> None:
        """Remember the class of a resource; a stack transformation that transforms nothing."""
        self._classes[args.type_, args.name] = type(args.resource)

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Answer a registration or a read."""
        known = self._classes.get((args.typ, args.name))
        path = (short_type(args.typ), args.name)
        computed = Shape(self.placeholders, path).of(known) if known else {}
        state = merged(computed, args.inputs)
        if args.typ.startswith(_KUBERNETES):
            state = _named(state, path, self.placeholders)
        return args.resource_id or self.placeholders.make(*path, "id"), state

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        """Answer a function."""
        return answer(args.token, args.args, self.placeholders), []


class Recorder(MockMonitor):
    """Records each registration as it comes in, where a secret still stands in its own place."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self.recorded: list[Recorded] = []
        self._placeholders = answers.placeholders

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  # the protocol's name
        """Record a registration, then answer it."""
        path = (short_type(request.type), request.name)
        inputs = plain(MessageToDict(request.object), path, self._placeholders)
        if request.type.startswith(_KUBERNETES):
            inputs = _named(inputs, path, self._placeholders)
        # A secret that is read back is its stand-in too: a password in an address, or a digest of it, would be another
        # one in each run, and it would be there to read.
        shown = type(request)()
        shown.CopyFrom(request)
        shown.object.Clear()
        shown.object.update(inputs)
        reply = super().RegisterResource(shown)  # type: ignore[no-untyped-call]  # the SDK's own
        provider = request.provider.rsplit("::", 2)[-2] if request.provider.count("::") > 1 else ""
        self.recorded.append(Recorded(reply.urn, request.type, request.name, inputs, provider))
        return reply


def _named(properties: dict[str, Any], path: tuple[str, ...], placeholders: Placeholders) -> dict[str, Any]:
    """An object whose name Pulumi would make up gets a stand-in for it."""
    metadata = properties.get("metadata")
    if "kind" not in properties or not isinstance(metadata or {}, dict):
        return properties
    given = metadata or {}
    if given.get("name") and not str(given["name"]).startswith("${" + ".".join((*path, "metadata", "name"))):
        return properties
    return {**properties, "metadata": {**given, "name": placeholders.make(*path, "metadata", "name")}}
