"""The labels of a platform's objects: what cost and ownership are grouped by on a cluster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.owner import Context, Owner

MOST_CHARACTERS = 63
"""Kubernetes' limit of a label's value."""


def label_value(text: str) -> str:
    """Return `text` as a label's value: letters, digits and `-_.`, a letter or digit at both ends.

    A tag of AWS may hold spaces, slashes and @, which a label may not; they become hyphens.
    """
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text)[:MOST_CHARACTERS].strip("-_.")


def owner_labels(context: Context, component: str, owner: Owner) -> dict[str, str]:
    """Return the labels that say what an object is part of, and whose it is."""
    return {
        "app.kubernetes.io/part-of": label_value(context.platform),
        "app.kubernetes.io/managed-by": "trimtab",
        "trimtab.dev/environment": label_value(context.environment),
        "trimtab.dev/component": label_value(component),
        "trimtab.dev/team": label_value(owner.team),
        "trimtab.dev/cost-center": label_value(owner.cost_center),
        "trimtab.dev/data-classification": label_value(context.data_classification),
    }
