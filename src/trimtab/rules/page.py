"""One rule's page, in Markdown; the same text that `trimtab policy explain` prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from trimtab.rules.port import AnyRule, Example


def rule_page(rule: AnyRule) -> str:
    """The page of a rule."""
    frameworks = [f"- {framework.value}: {', '.join(items)}" for framework, items in rule.frameworks.items()]
    scope = "each resource" if rule.scope == "resource" else "the whole stack"
    parts = [
        f"# {rule.id}",
        f"{rule.title}.",
        f"Pack `{rule.pack}`, severity **{rule.severity.value}**, {rule.enforcement} by default, over {scope}.",
        f"Looks at {', '.join(f'`{token}`' for token in rule.types)}.",
        f"## Why\n\n{rule.why}",
        f"## Remedy\n\n{rule.remedy}\n\n```python\n{rule.code}\n```",
        f"## Settings\n\n{_settings(rule)}",
        "## Serves\n\n" + ("\n".join(frameworks) or "No framework by number; it is good practice."),
        f"## Fails\n\n{_example(rule.fails)}",
        f"## Passes\n\n{_example(rule.passes)}",
    ]
    return "\n\n".join(parts) + "\n"


def _settings(rule: AnyRule) -> str:
    rows = [
        f"| `{field.alias or name}` | `{_plain(field.default)}` | {field.description or ''} |"
        for name, field in rule.config.model_fields.items()
    ]
    head = ["| key | default | meaning |", "|---|---|---|"]
    return "\n".join(head + rows) if rows else "None besides `enforcementLevel`."


def _example(example: Example) -> str:
    blocks = []
    for resource in example.resources:
        if resource.type != "pulumi:pulumi:Stack":
            text = json.dumps(resource.declared, indent=2, default=_shown)
            blocks.append(f"`{resource.type}` {resource.name}\n\n```json\n{text}\n```")
    blocks += [f"The preview would {change.kind} `{change.type}` {change.name}." for change in example.changes]
    return "\n\n".join(blocks) or "A stack without any resource."


def _plain(value: Any) -> str:
    return json.dumps(value, default=lambda item: sorted(item) if isinstance(item, (set, frozenset)) else str(item))


def _shown(value: Any) -> str:
    return f"<{value.value}>" if isinstance(value, Opaque) else str(value)
