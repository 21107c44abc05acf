"""The files between stages: one versioned schema each; what was written reads back equal."""

import json
from pathlib import Path
from typing import ClassVar, Literal, Self

from pydantic import Field, ValidationError

from trimtab.cost.model.advice import Advice
from trimtab.cost.model.base import Model, Utc
from trimtab.cost.model.change import Decision
from trimtab.cost.model.resource import Resource
from trimtab.cost.model.usage import Defect, Measured
from trimtab.spec.errors import UserError


class Document(Model):
    """A stage's output as a JSON file."""

    what: ClassVar[str]

    def dumps(self) -> str:
        """Write as JSON with two spaces of indent."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file that `dumps` wrote.

        Raises:
            UserError: the file is absent, is not JSON, or is not this document in this version.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise UserError(
                f"{path}: cannot be read: {error.strerror}", remedy=f"name a {cls.what} file that exists."
            ) from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            raise UserError(
                f"{path}: is not a {cls.what} file of this version: {where}: {first['msg']}",
                remedy=f"write it anew with this version of trimtab ({cls.what}).",
            ) from error


class InventoryDocument(Document):
    """What is paid for."""

    what: ClassVar[str] = "trimtab cost inventory"
    schema_: Literal["trimtab.cost.inventory/1"] = Field("trimtab.cost.inventory/1", alias="schema")
    resources: tuple[Resource, ...]


class UsageDocument(Document):
    """What was measured."""

    what: ClassVar[str] = "trimtab cost usage"
    schema_: Literal["trimtab.cost.usage/1"] = Field("trimtab.cost.usage/1", alias="schema")
    usage: tuple[Measured, ...]
    defects: tuple[Defect, ...] = ()


class AdviceDocument(Document):
    """What is advised. `until`: only samples before it were used."""

    what: ClassVar[str] = "trimtab cost recommend"
    schema_: Literal["trimtab.cost.advice/1"] = Field("trimtab.cost.advice/1", alias="schema")
    created: Utc
    until: Utc
    strategy: str
    advice: tuple[Advice, ...]
    defects: tuple[Defect, ...] = ()


class ChangeDocument(Document):
    """What is done about the advice."""

    what: ClassVar[str] = "trimtab cost apply"
    schema_: Literal["trimtab.cost.changes/1"] = Field("trimtab.cost.changes/1", alias="schema")
    created: Utc
    stack: str
    decisions: tuple[Decision, ...]
