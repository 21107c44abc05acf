"""What a component takes and gives, read from its type hints."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import pulumi
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

_WRAPPERS = (Required, NotRequired, Annotated)
# `pulumi.Input` is written with names of its own module, which a hint must be read with.
_NAMES = {"Output": pulumi.Output, "T": TypeVar("T")}


@dataclass(frozen=True)
class Field:
    """One input or output: its name in Python, its type, and whether it must be there."""

    name: str
    hint: Any
    required: bool

    @property
    def wire(self) -> str:
        """Its name in every other language: `alarmTopicArn`."""
        return to_camel(self.name)


def inputs(component: type) -> tuple[Field, ...]:
    """Return the inputs of a component, by the `args` of its `__init__`."""
    written = inspect.signature(component.__init__).parameters["args"].annotation  # type: ignore[misc]  # of a class
    args = vars(sys.modules[component.__module__])[written] if isinstance(written, str) else written
    return fields(args)


def fields(typed: type) -> tuple[Field, ...]:
    """Return the fields of a TypedDict."""
    hints = get_type_hints(typed, localns=_NAMES, include_extras=True)
    total = getattr(typed, "__total__", True)
    return tuple(Field(name, bare(hint), _required(hint, total=total)) for name, hint in hints.items())


def outputs(component: type) -> tuple[Field, ...]:
    """Return the outputs of a component: the attributes that it annotates with what a program can use."""
    # Of the class alone: the SDK's own base classes are written with names that only a type checker knows.
    own = type(component.__name__, (), {"__annotations__": component.__annotations__})
    hints = get_type_hints(own, vars(sys.modules[component.__module__]), _NAMES, include_extras=True)
    return tuple(Field(name, hint, required=False) for name, hint in hints.items() if is_data(hint))


def is_data(hint: Any) -> bool:
    """Whether a value of this type is data: texts, numbers, lists and maps of them, known now or later."""
    hint = bare(hint)
    if is_output(hint):
        return is_data(output_of(hint)) or output_of(hint) is Any
    if (item := item_of(hint)) is not None:
        return is_data(item)
    return hint in {str, int, float, bool}


def bare(hint: Any) -> Any:
    """Return a type without `Required`, `Input`, `Output` and `| None` around it, which say when, not what, it is."""
    while not models_in(hint):
        origin = get_origin(hint)
        if origin in _WRAPPERS:
            hint = get_args(hint)[0]
        elif origin in {Union, types.UnionType}:
            known = [one for one in get_args(hint) if one is not type(None) and get_origin(one) is not Awaitable]
            plain = [one for one in known if get_origin(one) is not pulumi.Output]
            if len(plain or known) != 1:
                return hint
            (hint,) = plain or known
        else:
            return hint
    return hint


def item_of(hint: Any) -> Any:
    """Return the type of the entries of a list or map; None where the type is neither."""
    origin = get_origin(hint)
    if origin in {list, Sequence}:
        return get_args(hint)[0]
    if origin is tuple:
        return get_args(hint)[0]
    if origin in {dict, Mapping}:
        return get_args(hint)[1]
    return None


def is_output(hint: Any) -> bool:
    """Whether the type is known later only."""
    return get_origin(hint) is pulumi.Output


def output_of(hint: Any) -> Any:
    """Return what an output will be."""
    return get_args(hint)[0]


def is_map(hint: Any) -> bool:
    """Whether the type is a map by text."""
    return get_origin(hint) in {dict, Mapping}


def models_in(hint: Any) -> tuple[type[BaseModel], ...]:
    """Return the models that a part of a declaration may be, one or several; none where the type is no such part."""
    if get_origin(hint) is Annotated:
        return models_in(get_args(hint)[0])
    choices = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
    models = tuple(one for one in choices if isinstance(one, type) and issubclass(one, BaseModel))
    return models if len(models) == len(choices) else ()


def tag_of(models: tuple[type[BaseModel], ...]) -> str | None:
    """Return the field that says which of several models it is: one fixed text in each."""
    for name in models[0].model_fields:
        said = [one.model_fields[name].annotation for one in models if name in one.model_fields]
        texts = {get_args(one) for one in said if is_one_of(one) and len(get_args(one)) == 1}
        if len(models) > 1 and len(texts) == len(models):
            return name
    return None


def is_record(hint: Any) -> bool:
    """Whether the type is a TypedDict: wired inputs that belong together."""
    return is_typeddict(hint)


def is_one_of(hint: Any) -> bool:
    """Whether the type is a choice of fixed texts."""
    return get_origin(hint) is Literal


def _required(hint: Any, *, total: bool) -> bool:
    origin = get_origin(hint)
    return origin is Required or (total and origin is not NotRequired)
