"""Names and labels of training's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.cluster.training import Training

TRAINER = "trainer"
"""Every pod that trains has the label `app.kubernetes.io/component` with this value."""
ACCOUNT = "training"
"""The service account of the team's training pods."""
QUEUE_LABEL = "kueue.x-k8s.io/queue-name"
"""What hands a job to Kueue."""
ELASTIC = "kueue.x-k8s.io/elastic-job"
"""What lets Kueue admit a RayCluster's further workers one slice at a time."""
CHECKPOINTS = "CHECKPOINT_URI"
"""Variable of every training container: where its checkpoints belong."""


def selector() -> dict[str, str]:
    """Return the labels that exactly the training pods of a namespace have."""
    return {"app.kubernetes.io/component": TRAINER, "app.kubernetes.io/managed-by": "trimtab"}


def queue_label(own: str | None, spec: Training) -> dict[str, str]:
    """Return the label of a job's queue: its own, or the team's; none where neither is named."""
    queue = own or spec.queue
    return {QUEUE_LABEL: queue} if queue else {}
