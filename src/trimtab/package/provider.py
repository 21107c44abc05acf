"""The provider of the package: gives its schema, and builds a component where a program in any language asks for it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pulumi.errors import InputPropertiesError
from pulumi.provider import ConstructResult, Provider

from trimtab.package import hints
from trimtab.package.convert import WrongInputsError, arguments
from trimtab.package.description import component_of, package_version, schema, tokens

if TYPE_CHECKING:
    import pulumi


class Components(Provider):
    """Serves every registered component; each is imported when it is asked for, since each brings its services' SDK."""

    def __init__(self) -> None:
        super().__init__(package_version())

    @property
    def schema(self) -> str:
        """The schema as JSON. It needs every component, and is made where somebody asks for it."""
        return _schema()

    @schema.setter
    def schema(self, _: str | None) -> None:
        """The base class sets the one that it was given, which is none."""

    def construct(
        self, name: str, resource_type: str, inputs: Any, options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        """Build one component.

        Raises:
            InputPropertiesError: inputs are wrong; each with its path.
        """
        if resource_type not in tokens():
            raise InputPropertiesError(f"there is no component {resource_type}; there are {', '.join(tokens())}", [])
        component = component_of(resource_type)
        try:
            args = arguments(inputs, hints.inputs(component))
        except WrongInputsError as error:
            raise InputPropertiesError(f"{resource_type} {name}: its inputs are wrong", error.problems) from None
        built: Any = component(name, args, options)  # type: ignore[arg-type]  # each has args of its own
        state = {field.wire: getattr(built, field.name, None) for field in hints.outputs(component)}
        return ConstructResult(built.urn, {key: value for key, value in state.items() if value is not None})


@cache
def _schema() -> str:
    return json.dumps(schema())
