"""The pods that objects become: by Kubernetes' own controllers, and by the operators whose objects hold a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trimtab.render.objects import KubernetesObject

Fields = dict[str, Any]
RAY_NODE = {"ray.io/is-ray-node": "yes"}
"""KubeRay puts it on each of its pods: ray-operator/controllers/ray/utils/constant.go, RayNodeLabelKey."""
KNATIVE_PORTS = {"queue-port": 8012, "http-queueadm": 8022, "http-autometric": 9090, "http-usermetric": 9091}
"""Of the queue proxy in each pod: knative.dev/serving, pkg/reconciler/revision/resources/queue.go."""


@dataclass(frozen=True)
class Pod:
    """A pod as its controller makes it."""

    owner: KubernetesObject
    labels: dict[str, str]
    spec: Fields
    ports: dict[str, int]

    @property
    def namespace(self) -> str:
        return self.owner.namespace

    def listens(self, port: str | int) -> bool:
        return port in self.ports if isinstance(port, str) else port in self.ports.values()


def pods_of(objects: Iterable[KubernetesObject]) -> list[Pod]:
    """Return all pods of a stack."""
    return [
        Pod(one, {**labels, **_labels(template)}, template.get("spec", {}), {**_ports(template), **ports})
        for one in objects
        for template, labels, ports in _TEMPLATES.get(one.kind, _none)(one.document)
    ]


Template = tuple[Fields, dict[str, str], dict[str, int]]
"""A pod template, with the labels and ports that the controller adds."""


def _none(_: Fields) -> Iterator[Template]:
    return iter(())


def _plain(document: Fields) -> Iterator[Template]:
    yield document["spec"]["template"], {}, {}


def _cron(document: Fields) -> Iterator[Template]:
    yield document["spec"]["jobTemplate"]["spec"]["template"], {}, {}


def _ray(key: str) -> Callable[[Fields], Iterator[Template]]:
    def found(document: Fields) -> Iterator[Template]:
        cluster = document["spec"][key] if key else document["spec"]
        for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
            yield group["template"], RAY_NODE, {}

    return found


def _job_set(document: Fields) -> Iterator[Template]:
    for job in document["spec"]["template"]["spec"]["replicatedJobs"]:
        yield job["template"]["spec"]["template"], {}, {}


def _kserve(document: Fields) -> Iterator[Template]:
    """KServe gives the pods the predictor's labels, and its own: pkg/constants/constants.go."""
    predictor, metadata = document["spec"]["predictor"], document["metadata"]
    containers = predictor.get("containers") or [predictor["model"]]
    template = {"metadata": {"labels": predictor["labels"]}, "spec": {**predictor, "containers": containers}}
    knative = metadata["annotations"]["serving.kserve.io/deploymentMode"] == "Knative"
    yield template, {"serving.kserve.io/inferenceservice": metadata["name"]}, KNATIVE_PORTS if knative else {}


def _postgres(document: Fields) -> Iterator[Template]:
    """CloudNativePG: pkg/utils/labels_annotations.go and pkg/specs/pods.go."""
    yield {}, {"cnpg.io/cluster": document["metadata"]["name"]}, {"postgresql": 5432, "metrics": 9187}


def _workflow(key: str) -> Callable[[Fields], Iterator[Template]]:
    """Argo marks each pod with its workflow's name: workflow/common/common.go, LabelKeyWorkflow."""

    def found(document: Fields) -> Iterator[Template]:
        spec = document["spec"][key] if key else document["spec"]
        labels = {"workflows.argoproj.io/workflow": "", **spec.get("podMetadata", {}).get("labels", {})}
        steps = [step for step in spec.get("templates", []) if "container" in step or "script" in step]
        for step in steps:
            containers = [step.get("container") or step.get("script")]
            yield {"metadata": {"labels": labels}, "spec": {**spec, **step, "containers": containers}}, {}, {}

    return found


_TEMPLATES: dict[str, Callable[[Fields], Iterator[Template]]] = {
    "Deployment": _plain,
    "StatefulSet": _plain,
    "DaemonSet": _plain,
    "Job": _plain,
    "CronJob": _cron,
    "RayCluster": _ray(""),
    "RayService": _ray("rayClusterConfig"),
    "RayJob": _ray("rayClusterSpec"),
    "TrainingRuntime": _job_set,
    "ClusterTrainingRuntime": _job_set,
    "InferenceService": _kserve,
    "Cluster": _postgres,
    "WorkflowTemplate": _workflow(""),
    "CronWorkflow": _workflow("workflowSpec"),
}


def _labels(template: Fields) -> dict[str, str]:
    return dict(template.get("metadata", {}).get("labels") or {})


def _ports(template: Fields) -> dict[str, int]:
    spec = template.get("spec", {})
    containers = [*spec.get("containers", []), *spec.get("initContainers", [])]
    ports = [port for one in containers for port in one.get("ports") or []]
    return {port.get("name", str(port["containerPort"])): port["containerPort"] for port in ports}


def matches(selector: Fields | None, labels: dict[str, str]) -> bool:
    """Whether a label selector (`matchLabels`, `matchExpressions`) selects labels; an empty one selects all."""
    selector = selector or {}
    wanted = selector.get("matchLabels") or {}
    if any(labels.get(name) != value for name, value in wanted.items()):
        return False
    return all(_holds(one, labels) for one in selector.get("matchExpressions") or [])


def _holds(expression: Fields, labels: dict[str, str]) -> bool:
    key, operator, values = expression["key"], expression["operator"], expression.get("values") or []
    return {
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
        "In": labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
    }[operator]
