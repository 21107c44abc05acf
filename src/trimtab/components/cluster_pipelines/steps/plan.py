"""The steps of one retraining, once; each engine writes them in its own language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

KUEUE_LABEL = "kueue.x-k8s.io/queue-name"
POLL_SECONDS = 600
"""How often an engine that can sleep looks whether somebody has decided."""


@dataclass(frozen=True)
class Ref:
    """An argument that an earlier step wrote."""

    step: str
    output: str


@dataclass(frozen=True)
class Own:
    """An argument that a run decides: below `models`, the folder of its own; the version of the data; its file."""

    what: Literal["model-uri", "data-version", "output-file"]


Argument = str | Ref | Own


@dataclass(frozen=True)
class Step:
    """A container that runs once.

    Attributes:
        name: of the step.
        image: by digest.
        command: what is run, before the arguments.
        args: of it; only these may refer to what is known in a run.
        seconds: how long it may take.
        cpu_millicores, memory_mib, gpus: what it gets, as request and limit.
        output: the one thing that it writes, to `Own("output-file")`.
        labels: of its pod.
        retry: whether exit code 75 means to ask again later.
    """

    name: str
    image: str
    command: tuple[str, ...]
    args: tuple[Argument, ...]
    seconds: int
    cpu_millicores: int = 100
    memory_mib: int = 128
    gpus: int = 0
    output: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    retry: bool = False

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What it takes from earlier steps, each once."""
        return tuple(dict.fromkeys(argument for argument in self.args if isinstance(argument, Ref)))


def step_text() -> str:
    """Return the program of the steps that are not the model's own."""
    return files(__package__).joinpath("run.py").read_text(encoding="utf-8")


def steps(spec: ClusterRetraining) -> tuple[Step, ...]:
    """Return the steps in their order; each follows the one before it."""
    return (
        _train(spec),
        _evaluate(spec),
        _tool(spec, "gate", ("--evaluation", Ref("evaluate", "evaluation"), "--gates", _gates(spec))),
        _tool(spec, "register", _register(spec), output="version"),
        _tool(
            spec,
            "approval",
            ("--model", spec.registry.model, "--version", Ref("register", "version")),
            seconds=spec.approval_timeout_seconds,
            retry=True,
        ),
        _tool(spec, "deploy", _deploy(spec), seconds=2 * spec.target.ready_seconds + 300),
    )


def _train(spec: ClusterRetraining) -> Step:
    training = spec.training
    args: tuple[Argument, ...] = (
        "--data",
        f"{spec.data.rstrip('/')}/train",
        "--data-version",
        Own("data-version"),
        "--model",
        Own("model-uri"),
    )
    return Step(
        "train",
        training.image,
        ("train",),
        args,
        training.max_runtime_seconds,
        training.cpu_millicores,
        training.memory_mib,
        training.gpus,
        labels={KUEUE_LABEL: training.queue} if training.queue else {},
    )


def _evaluate(spec: ClusterRetraining) -> Step:
    training = spec.training
    holdout = f"{spec.data.rstrip('/')}/holdout"
    return Step(
        "evaluate",
        training.image,
        ("evaluate",),
        ("--data", holdout, "--model", Own("model-uri"), "--output", Own("output-file")),
        training.max_runtime_seconds,
        training.cpu_millicores,
        training.memory_mib,
        training.gpus,
        output="evaluation",
        labels={KUEUE_LABEL: training.queue} if training.queue else {},
    )


def _register(spec: ClusterRetraining) -> tuple[Argument, ...]:
    tags = {"pipeline": spec.name, "training_image": spec.training.image, "data": spec.data}
    return (
        "--model",
        spec.registry.model,
        "--source",
        Own("model-uri"),
        "--evaluation",
        Ref("evaluate", "evaluation"),
        "--data-version",
        Own("data-version"),
        "--tags",
        json.dumps(tags, sort_keys=True),
        "--output",
        Own("output-file"),
    )


def _deploy(spec: ClusterRetraining) -> tuple[Argument, ...]:
    target = spec.target
    return (
        *("--model", spec.registry.model),
        *("--version", Ref("register", "version")),
        *("--source", Own("model-uri")),
        *("--namespace", target.namespace),
        *("--service", target.name),
        *("--ready", str(target.ready_seconds)),
    )


def _gates(spec: ClusterRetraining) -> str:
    return json.dumps([gate.model_dump(mode="json") for gate in spec.gates], sort_keys=True)


def _tool(
    spec: ClusterRetraining,
    name: str,
    args: tuple[Argument, ...],
    *,
    seconds: int = 600,
    output: str | None = None,
    retry: bool = False,
) -> Step:
    command = ("python", "-c", step_text(), name)
    return Step(name, spec.tools_image, command, args, seconds, output=output, retry=retry)
