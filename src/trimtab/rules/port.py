"""The rule port: metadata plus a function.

A rule is a value, not a class to inherit from. `check` yields one message for each thing wrong; it reads properties
through `Props`, which stops it (`Undecidable`) at anything that cannot be judged yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

if TYPE_CHECKING:
    from trimtab.rules.changes import Change
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

Messages = Iterator[str]
Pack = Literal["versioning", "audit", "security", "reliability", "cost"]
Enforcement = Literal["advisory", "mandatory", "disabled"]
Scope = Literal["resource", "stack"]


class Severity(StrEnum):
    """How bad a finding is; ordered."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low up to 3 for critical."""
        return list(Severity).index(self)


class Framework(StrEnum):
    """What a rule may serve. The value is the name that reports show."""

    EU_AI_ACT = "EU AI Act"
    ISO_42001 = "ISO/IEC 42001"
    NIST_AI_RMF = "NIST AI RMF"
    SECURITY_HUB = "AWS Security Hub"
    SOC_2 = "SOC 2"


class RuleConfig(BaseModel):
    """A rule's own settings; keys are camelCase in a pack's configuration file."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, strict=False
    )


C = TypeVar("C", bound=RuleConfig)


@dataclass(frozen=True)
class Example:
    """A small stack that a rule must fail or pass; the first resource of the rule's types is the subject.

    Attributes:
        resources: what there is.
        changes: what its preview would delete or replace.
    """

    resources: tuple[Resource, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Rule(Generic[C]):
    """What every rule says about itself.

    Attributes:
        id: kebab-case; the same in the file's name, the configuration key and the documentation's anchor.
        title: what holds when the rule passes.
        types: type tokens that the rule looks at, each instance on its own (`pulumi:pulumi:Stack`: once a stack).
        why: what goes wrong without it.
        remedy: what to do, an imperative sentence.
        code: one line of a Pulumi program that does it.
        frameworks: what it serves, with article or control numbers.
        fails, passes: executed as the rule's test.
        config: the settings' model.
    """

    id: str
    title: str
    pack: Pack
    severity: Severity
    types: tuple[str, ...]
    why: str
    remedy: str
    code: str
    fails: Example
    passes: Example
    enforcement: Enforcement = "advisory"
    frameworks: Mapping[Framework, tuple[str, ...]] = field(default_factory=dict)
    config: type[C] = RuleConfig  # type: ignore[assignment]  # a rule without settings has the empty model


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule[C]):
    """A rule that needs nothing but the resource."""

    check: Callable[[Resource, C], Messages]

    @property
    def scope(self) -> Scope:
        """Where it runs: on each resource as it is declared."""
        return "resource"


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule[C]):
    """A rule that looks at a resource and at everything around it.

    Attributes:
        whole: whether it needs every resource; one that looks at changes alone does not.
    """

    check: Callable[[Resource, Stack, C], Messages]
    whole: bool = True

    @property
    def scope(self) -> Scope:
        """Where it runs: over the whole stack, at its end."""
        return "stack"


AnyRule = ResourceRule[Any] | StackRule[Any]
