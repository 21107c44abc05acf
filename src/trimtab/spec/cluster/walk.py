"""Every part of a declaration, with its path: for rules about names and kinds that may stand anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.spec.base import SpecModel

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Part:
    """A model inside a declaration.

    Attributes:
        path: below the model that the walk began at, `serving[0].gpu`; empty for that one itself.
        namespace: of the nearest model around it that names one, itself included; None: none does.
        model: the model.
    """

    path: str
    namespace: str | None
    model: SpecModel

    def text(self, field: str) -> str | None:
        """Return a field's value where the model has that field and it is a text."""
        value = getattr(self.model, field, None) if field in type(self.model).model_fields else None
        return value if isinstance(value, str) else None


def parts(model: SpecModel, path: str = "", namespace: str | None = None) -> Iterator[Part]:
    """Return `model` and every model below it, outer ones first."""
    here = Part(path, namespace, model)
    own = here.text("namespace") or namespace
    yield Part(path, own, model)
    for name, field in type(model).model_fields.items():
        label = field.alias or name
        below = f"{path}.{label}" if path else label
        value = getattr(model, name)
        if isinstance(value, SpecModel):
            yield from parts(value, below, own)
        elif isinstance(value, tuple):
            for index, inner in enumerate(value):
                if isinstance(inner, SpecModel):
                    yield from parts(inner, f"{below}[{index}]", own)
