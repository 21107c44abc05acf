"""The organisation file: which stacks there are, in which account, and how they may be read.

name: acme
budget: 120000
members:
  - name: fraud-prod
    project: platforms/fraud
    stack: prod
    account: "123456789012"
    region: eu-west-1
    role: arn:aws:iam::123456789012:role/trimtab-reader
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.spec.errors import SpecError, UserError

Account = Annotated[str, Field(pattern=r"^\d{12}$")]
_ROLE = r"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Member(_Strict):
    """One stack.

    Attributes:
        name: unique in the organisation; the report puts it before every resource.
        project: folder of its Pulumi.yaml, relative to the organisation file.
        account: the AWS account that its resources are in.
        region: where a resource does not say its own; empty: the environment's.
        role: what is assumed to read the account; empty: the environment's own credentials.
        external_id: asked for by the role's trust policy.
        state: what `pulumi stack export` wrote; empty: the engine is asked.
        prometheus_url: of its cluster; empty: CloudWatch alone.
        policy, waivers: files as `--policy` and `--waivers` take them.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$")
    project: str = "."
    stack: str = Field(min_length=1)
    account: Account
    region: str = Field(default="", pattern=r"^([a-z]{2}(-[a-z]+)+-\d)?$")
    role: str = Field(default="", pattern=rf"{_ROLE}|^$")
    external_id: str = Field(default="", max_length=1224)
    state: str = ""
    prometheus_url: str = ""
    policy: str = ""
    waivers: str = ""

    @model_validator(mode="after")
    def _role_is_of_the_account(self) -> Self:
        if self.role and self.role.split(":")[4] != self.account:
            msg = f"role is of account {self.role.split(':')[4]}, and account is {self.account}; both must be the same"
            raise ValueError(msg)
        return self


class Organisation(_Strict):
    """What one report is about.

    Attributes:
        budget: of a month, for all; None: the sum of the members' own, where all have one.
    """

    name: str = Field(min_length=1)
    budget: Decimal | None = Field(default=None, gt=0)
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    members: tuple[Member, ...] = Field(min_length=1)
    _folder: Path = PrivateAttr(default=Path())

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [one.name for one in self.members]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            msg = f"two members are called {twice}; each needs a name of its own"
            raise ValueError(msg)
        return self

    def path(self, text: str) -> Path:
        """Return a path of the file, which starts where the file lies."""
        return self._folder / text

    @classmethod
    def read(cls, path: Path) -> Organisation:
        """Read the file.

        Raises:
            UserError: it cannot be read as YAML.
            SpecError: it is no organisation; every problem with its path.
        """
        try:
            loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise UserError(
                f"--organisation {path}: cannot be read: {str(error).splitlines()[0]}",
                remedy="name a YAML file with name and members.",
            ) from error
        try:
            found = cls.model_validate(loaded)
        except ValidationError as error:
            raise SpecError(str(path), tuple(_sentence(one) for one in error.errors(include_url=False))) from None
        found._folder = path.resolve().parent  # noqa: SLF001  # pydantic's way to a value that no file sets
        return found


def _sentence(error: object) -> str:
    detail = dict(error)  # type: ignore[call-overload]  # pydantic's ErrorDetails is a dict
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).lstrip(".")
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{where or 'the file'}: {message[0].lower()}{message[1:]}"
