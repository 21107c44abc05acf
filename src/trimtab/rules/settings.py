"""A pack's configuration: the same file that `pulumi … --policy-pack-config` takes.

{"all": "advisory", "log-retention": {"enforcementLevel": "mandatory", "days": 400}, "budget-exists": "disabled"}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast, get_args

from pydantic import ValidationError

from trimtab.rules.check import Setting, default_settings
from trimtab.rules.port import AnyRule, Enforcement
from trimtab.rules.texts import did_you_mean, read_yaml
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LEVEL = "enforcementLevel"
_ALL = "all"


def read_settings(path: Path | None, rules: Sequence[AnyRule]) -> dict[str, Setting]:
    """The settings of all rules, as the file at `path` changes them.

    Raises:
        UserError: the file is broken, names a rule that does not exist, or gives it a value that it does not take.
    """
    if path is None:
        return default_settings(rules)
    document = read_yaml(path, "config")
    if not isinstance(document, Mapping):
        raise UserError(f"config {path}: is not an object", remedy="write an object from rule id to its settings.")
    return settings_from(document, rules, f"config {path}")


def settings_from(document: Mapping[str, Any], rules: Sequence[AnyRule], where: str) -> dict[str, Setting]:
    """The settings of all rules, as `document` changes them.

    Args:
        document: rule id, or `all`, to an enforcement level or an object with the rule's settings.
        rules: the rules to configure.
        where: what messages name as the place of an error.

    Raises:
        UserError: an unknown rule, an unknown level, or a value that a rule does not take.
    """
    known = {rule.id: rule for rule in rules}
    for key in document:
        if key not in known and key != _ALL:
            raise UserError(f"{where}: {key!r}: no such rule", remedy=did_you_mean(str(key), known))
    settings = default_settings(rules)
    if _ALL in document:
        chosen = document[_ALL]
        # The engine hands `all` on as an object, beside what it has already applied.
        level = _level(
            chosen[_LEVEL] if isinstance(chosen, Mapping) and _LEVEL in chosen else chosen, f"{where}: {_ALL}"
        )
        settings = {rule: Setting(level, setting.config) for rule, setting in settings.items()}
    for key, value in document.items():
        if key != _ALL:
            settings[key] = _setting(known[key], settings[key], value, f"{where}: {key}")
    return settings


def _setting(rule: AnyRule, current: Setting, value: object, where: str) -> Setting:
    if not isinstance(value, Mapping):
        return Setting(_level(value, where), current.config)
    own = {key: item for key, item in value.items() if key != _LEVEL}
    level = _level(value[_LEVEL], f"{where}.{_LEVEL}") if _LEVEL in value else current.enforcement
    try:
        return Setting(level, rule.config.model_validate(own))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        at = ".".join(str(part) for part in problem["loc"])
        names = ", ".join(field.alias or name for name, field in rule.config.model_fields.items()) or "no settings"
        raise UserError(
            f"{where}.{at} = {problem['input']!r}: {problem['msg'][:1].lower()}{problem['msg'][1:]}",
            remedy=f"{rule.id} takes {names}; see `trimtab policy explain {rule.id}`.",
        ) from error


def _level(value: object, where: str) -> Enforcement:
    levels = get_args(Enforcement)
    if value not in levels:
        raise UserError(f"{where} = {value!r}: no such level", remedy=f"use one of {', '.join(levels)}.")
    return cast("Enforcement", value)
