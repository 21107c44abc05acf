"""The pods that Kubernetes workloads start, wherever a kind keeps their template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.tokens import DEPLOYMENT, STATEFUL_SET
from trimtab.rules.values import Props

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.rules.resource import Resource

# A way through an object: `*` is every value of a map; a list is gone through item by item.
Way = tuple[str, ...]

_TEMPLATE: Way = ("spec", "template")
_JOB_SET: Way = ("replicatedJobs", "template", "spec", "template")
_RAY: tuple[Way, ...] = (("headGroupSpec", "template"), ("workerGroupSpecs", "template"))

# Where a kind keeps pod templates: objects with `metadata` and `spec`.
TEMPLATES: Mapping[str, tuple[Way, ...]] = {
    kinds.POD: ((),),
    **dict.fromkeys((DEPLOYMENT, STATEFUL_SET, kinds.DAEMON_SET, kinds.JOB), (_TEMPLATE,)),
    kinds.CRON_JOB: (("spec", "jobTemplate", "spec", "template"),),
    kinds.RAY_CLUSTER: tuple(("spec", *way) for way in _RAY),
    kinds.RAY_SERVICE: tuple(("spec", "rayClusterConfig", *way) for way in _RAY),
    kinds.RAY_JOB: (*(("spec", "rayClusterSpec", *way) for way in _RAY), ("spec", "submitterPodTemplate")),
    **dict.fromkeys(kinds.TRAINING_RUNTIMES, (("spec", "template", "spec", *_JOB_SET),)),
    kinds.JOB_SET: (("spec", *_JOB_SET),),
    kinds.PYTORCH_JOB: (("spec", "pytorchReplicaSpecs", "*", "template"),),
    kinds.LEADER_WORKER_SET: (
        ("spec", "leaderWorkerTemplate", "leaderTemplate"),
        ("spec", "leaderWorkerTemplate", "workerTemplate"),
    ),
}

# Where a kind keeps pod specifications without a template around them.
BARE: Mapping[str, tuple[Way, ...]] = {
    kinds.INFERENCE_SERVICE: tuple(
        way
        for part in ("predictor", "transformer", "explainer")
        for way in (("spec", part), ("spec", part, "workerSpec"))
    ),
    **dict.fromkeys(
        kinds.LLM_INFERENCE_SERVICES,
        (("spec", "template"), ("spec", "worker"), ("spec", "prefill", "template"), ("spec", "prefill", "worker")),
    ),
    **dict.fromkeys(kinds.SERVING_RUNTIMES, (("spec",), ("spec", "workerSpec"))),
}

# Where a kind keeps workflows, whose templates take what they do not say from the workflow.
WORKFLOWS: Mapping[str, Way] = {
    kinds.WORKFLOW: ("spec",),
    **dict.fromkeys(kinds.WORKFLOW_TEMPLATES, ("spec",)),
    kinds.CRON_WORKFLOW: ("spec", "workflowSpec"),
}

_CONTAINERS = ("containers", "container", "script", "model")
_PREPARING = ("initContainers",)


@dataclass(frozen=True)
class Pod:
    """A pod as a workload declares it.

    Attributes:
        spec: its specification.
        labels: its labels; empty where the workload's operator sets them.
        completed: another object, a serving or training runtime, adds what is not said here.
    """

    spec: Props
    labels: Mapping[str, object]
    completed: bool = False

    @property
    def containers(self) -> list[Props]:
        """What runs in it."""
        return [view for name in _CONTAINERS for view in self.spec.blocks(name)]

    @property
    def all_containers(self) -> list[Props]:
        """What runs in it, what prepares it included."""
        return [view for name in (*_PREPARING, *_CONTAINERS) for view in self.spec.blocks(name)]


def pods_of(workload: Resource) -> Iterator[Pod]:
    """Every pod that a workload declares; none where it declares none.

    Raises:
        Undecidable: a template is not known yet; pods found before it were given already.
    """
    for way in TEMPLATES.get(workload.type, ()):
        for template in _at(workload.props, way):
            yield from _from_template(template)
    for way in BARE.get(workload.type, ()):
        for spec in _at(workload.props, way):
            yield Pod(spec, {}, completed=spec.has("model"))
    if workload.type in WORKFLOWS:
        for workflow in _at(workload.props, WORKFLOWS[workload.type]):
            yield from _of_workflow(workflow)
    if workload.type == kinds.TRAIN_JOB:
        yield from _of_train_job(workload.props)


def pod_containers(workload: Resource) -> Iterator[Props]:
    """The containers of all its pods, those that prepare them included."""
    for pod in pods_of(workload):
        yield from pod.all_containers


def _from_template(template: Props) -> Iterator[Pod]:
    labels = template.block("metadata").block("labels").raw
    for spec in template.blocks("spec"):
        yield Pod(spec, labels)


def _of_workflow(workflow: Props) -> Iterator[Pod]:
    shared = {key: value for key, value in workflow.raw.items() if key in _SHARED}
    for template in workflow.blocks("templates"):
        own = {key: value for key, value in template.raw.items() if key != "containerSet"}
        if any(template.has(name) for name in ("container", "script")):
            yield Pod(Props({**shared, **own}, template.path), {})
        for several in template.blocks("containerSet"):
            yield Pod(Props({**shared, **own, **several.raw}, several.path), {})


def _of_train_job(job: Props) -> Iterator[Pod]:
    for trainer in job.block("spec").blocks("trainer"):
        container = {"name": "trainer", **trainer.raw}
        if trainer.has("resourcesPerNode"):
            container["resources"] = trainer.raw["resourcesPerNode"]
        yield Pod(Props({"containers": [container]}, trainer.path), {}, completed=True)


# What a workflow says once for the pods of all its templates.
_SHARED = frozenset(
    {"securityContext", "automountServiceAccountToken", "serviceAccountName", "hostNetwork", "volumes", "nodeSelector"}
)


def _at(view: Props, way: Way) -> Iterator[Props]:
    """Every object at the end of a way; none where a part of it is absent."""
    if not way:
        yield view
        return
    step, *rest = way
    names = list(view.raw) if step == "*" else [step]
    for name in names:
        for inner in view.blocks(name):
            yield from _at(inner, tuple(rest))
