"""Training waits its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.accelerators import asks_for_gpus
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.workloads import pod_containers

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


_QUEUE = "kueue.x-k8s.io/queue-name"
_ALWAYS = (kinds.TRAIN_JOB, kinds.RAY_JOB, kinds.PYTORCH_JOB, kinds.JOB_SET)


def check(job: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if job.type not in _ALWAYS and not any(asks_for_gpus(container) for container in pod_containers(job)):
        return
    metadata = job.props.block("metadata")
    queue = metadata.block("labels").text(_QUEUE)
    if not queue:
        yield f"names no queue ({_QUEUE}), and takes GPUs whenever it likes"
        return
    namespace = metadata.text("namespace", "default")
    queues = [_place(local) for local in stack.of(*kinds.LOCAL_QUEUES)]
    if (namespace, queue) not in queues:
        yield f"waits in {namespace}/{queue}, which is no queue of this stack"


def _place(queue: Resource) -> tuple[str, str]:
    metadata = queue.props.block("metadata")
    return metadata.text("namespace", "default"), metadata.text("name", queue.name)


RULE = StackRule(
    id="training-job-queued",
    title="Training jobs wait in a queue of their team",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(*_ALWAYS, kinds.JOB),
    why="A job beside the queues takes GPUs promised to somebody else's quota; one in a missing queue waits for ever.",
    remedy="Name a LocalQueue of its namespace:",
    code='metadata={"labels": {"kueue.x-k8s.io/queue-name": "research"}}',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.NIST_AI_RMF: ("MANAGE 2.1",)},
    check=check,
    fails=example(resource(kinds.TRAIN_JOB, "bert", metadata={"name": "bert", "namespace": "research"})),
    passes=example(
        resource(
            kinds.TRAIN_JOB,
            "bert",
            metadata={"name": "bert", "namespace": "research", "labels": {_QUEUE: "gpu"}},
        ),
        resource(kinds.LOCAL_QUEUES[0], "gpu", metadata={"name": "gpu", "namespace": "research"}),
    ),
)
