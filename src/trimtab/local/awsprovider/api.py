"""A mapped type said as data: which AWS operation does what, and where names differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.context import Context
from trimtab.local.awsprovider.convert import from_aws, matching, to_aws
from trimtab.local.awsprovider.errors import CLOUD_ERRORS, PartialCreateError
from trimtab.local.awsprovider.paths import find
from trimtab.local.awsprovider.resource import TAGS, Resource
from trimtab.local.awsprovider.values import Props

if TYPE_CHECKING:
    from trimtab.local.awsprovider.tagging import Tagging

By = dict[str, str]
# (context, inputs, parameters): changes the parameters of a call before it is made
Adjust = Callable[[Context, Props, dict[str, Any]], None]
# (context, id, inputs): a further step of making
After = Callable[[Context, str, Props], None]
# (context, answer, properties): completes what was read
Complete = Callable[[Context, dict[str, Any], Props], None]


@dataclass(frozen=True)
class Step:
    """One operation of an update.

    Attributes:
        operation: boto3's method name.
        by: fixed parameters, as templates over id, state and inputs.
        when: the step is taken where one of these changed; empty: where anything but the tags did.
    """

    operation: str
    by: By = field(default_factory=dict)
    when: frozenset[str] = frozenset()
    adjust: Adjust | None = None


def step(operation: str, by: By | None = None, *, when: Iterable[str] = (), adjust: Adjust | None = None) -> Step:
    """A step of an update, with `when` as any iterable."""
    return Step(operation, by or {}, frozenset(when), adjust)


@dataclass(frozen=True, kw_only=True)
class Api:
    """The operations of one type.

    Attributes:
        service: boto3's client name.
        create: operation that makes it.
        id: template of the id, over inputs, `answer` paths (`id_from`) and the surroundings.
        id_from: where the create answer holds the id; it goes before `id`.
        read: operation that describes it; `read_by` its parameters; `root` where the answer holds it.
        pick: where `root` is a list, the member that is the id.
        delete: operation that ends it, with `delete_by`.
        rename: AWS member (or `Parent.Member`) to property, where names differ.
        outputs: property to template, for what the answer does not say.
    """

    service: str
    create: str
    read: str
    read_by: By
    delete: str
    delete_by: By | None = None
    id: str = "{name}"
    id_from: str = ""
    root: str = "@"
    pick: str = ""
    update: tuple[Step, ...] = ()
    rename: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    tagging: Tagging | None = None
    adjust: Adjust | None = None
    after: After | None = None
    complete: Complete | None = None
    fixed: bool = True

    def do_create(self, ctx: Context, inputs: Props) -> str:
        """Make it, then take the further steps."""
        params = self._params(ctx, self.create, inputs)
        if self.tagging is not None:
            self.tagging.at_creation(params, inputs)
        if self.adjust is not None:
            self.adjust(ctx, inputs, params)
        answer = _call(ctx, self.service, self.create, params)
        found = find(self.id_from, answer) if self.id_from else None
        resource_id = str(found) if found else render(self.id, names(ctx, inputs))
        if self.after is not None:
            try:
                self.after(ctx, resource_id, inputs)
            except CLOUD_ERRORS as error:
                raise PartialCreateError(resource_id, error) from error
        return resource_id

    def do_read(self, ctx: Context, resource_id: str, state: Props) -> Props | None:
        """Describe it; None where the answer does not hold it."""
        known = names(ctx, state, resource_id)
        answer = _call(ctx, self.service, self.read, rendered(self.read_by, known))
        found = find(self.root, answer)
        if self.pick and found:
            # Not every service filters its list by what it was asked for.
            found = next((each for each in found if each.get(self.pick) == resource_id), None)
        if not found:
            return None
        props = from_aws(found, ctx.type.outputs, ctx.type.objects, self.rename)
        props["region"] = ctx.region
        for name, template in self.outputs.items():
            props[name] = render(template, {**known, **names(ctx, props, resource_id)})
        if self.complete is not None:
            self.complete(ctx, found, props)
        if self.tagging is not None:
            props["tagsAll"] = self.tagging.read(ctx, self.service, resource_id, {**state, **props}, found)
        return props

    def do_update(self, ctx: Context, resource_id: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
        """Take the steps that the changed properties ask for, then set the tags."""
        known = names(ctx, {**state, **inputs}, resource_id)
        for each in self.update:
            if (changed & each.when) if each.when else (changed - TAGS):
                params = {**self._params(ctx, each.operation, inputs), **rendered(each.by, known)}
                if each.adjust is not None:
                    each.adjust(ctx, inputs, params)
                _call(ctx, self.service, each.operation, params)
        if self.tagging is not None and changed & TAGS:
            self.tagging.change(ctx, self.service, resource_id, state=state, inputs=inputs)

    def do_delete(self, ctx: Context, resource_id: str, state: Props) -> None:
        """End it."""
        by = self.read_by if self.delete_by is None else self.delete_by
        _call(ctx, self.service, self.delete, rendered(by, names(ctx, state, resource_id)))

    def _params(self, ctx: Context, operation: str, inputs: Props) -> dict[str, Any]:
        shape = _input_shape(ctx, self.service, operation)
        given = {**inputs, "tags": inputs.get("tagsAll") or inputs.get("tags")}
        given = {key: value for key, value in given.items() if key not in ("tagsAll", "region")}
        return to_aws(shape, given, self.rename)


def api(calls: Api, *, replace: Iterable[str] = (), moving: Iterable[str] = ()) -> Resource:
    """Make a mapped type of its operations."""
    updates = calls.update or calls.tagging
    return Resource(
        create=calls.do_create,
        read=calls.do_read,
        update=calls.do_update if updates else None,
        delete=calls.do_delete,
        replace=frozenset(replace) if calls.update else frozenset({"*"}),
        moving=frozenset(moving),
    )


def names(ctx: Context, props: Props, resource_id: str = "") -> dict[str, Any]:
    """What a template may name: the properties, the id and the surroundings."""
    return {
        **props,
        "id": resource_id,
        "region": ctx.region,
        "partition": ctx.partition,
        "account": ctx.account,
    }


def render(template: str, known: dict[str, Any]) -> str:
    """Fill a template; a name that is not known stays empty."""
    return template.format_map(_Lenient(known))


class _Lenient(dict[str, Any]):
    def __missing__(self, _key: str) -> str:
        return ""


def rendered(by: By, known: dict[str, Any]) -> dict[str, Any]:
    """Fill a call's fixed parameters; `[...]` makes a list of one."""
    filled: dict[str, Any] = {}
    for name, template in by.items():
        if template.startswith("[") and template.endswith("]"):
            filled[name] = [render(template[1:-1], known)]
        else:
            filled[name] = render(template, known)
    return filled


def _input_shape(ctx: Context, service: str, operation: str) -> Any:
    client = ctx.client(service)
    name = client.meta.method_to_api_mapping[operation]
    return client.meta.service_model.operation_model(name).input_shape


def _call(ctx: Context, service: str, operation: str, params: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = getattr(ctx.client(service), operation)(**params)
    return answer


__all__ = ["Api", "Step", "api", "matching", "names", "render", "rendered", "step"]
