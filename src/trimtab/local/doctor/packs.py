"""Whether each policy pack of the project can be loaded, by loading it as the engine does."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2_grpc
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.local.doctor.model import Answer, State
from trimtab.local.langhost.interpreter import OptionError, choose

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.doctor.model import Site

_NO_ENGINE = "127.0.0.1:1"
"""Where nothing listens: a pack that is only asked for its rules calls no engine."""

_ANSWER_SECONDS = 20.0


def policy_packs(site: Site) -> Answer:
    packs = sorted(path.parent for path in (site.project / "policies").glob("*/PulumiPolicy.yaml"))
    if not packs:
        return Answer(State.INFO, f"none in {site.project / 'policies'}.", "run doctor in the project's folder.")
    loaded, broken = [], []
    for pack in packs:
        try:
            loaded.append(f"{pack.name} ({_count_rules(pack)} rules)")
        except (OptionError, OSError, YAMLError, grpc.RpcError, ValueError) as error:
            broken.append(f"{pack.name}: {_last_line(error)}")
    if broken:
        return Answer(
            State.GAP, f"cannot be loaded: {'; '.join(broken)}", "run `make setup`, then mend the pack it names."
        )
    return Answer(State.OK, ", ".join(loaded))


def _count_rules(pack: Path) -> int:
    """Start the pack, ask it for its rules, end it."""
    declared = YAML(typ="safe").load(pack / "PulumiPolicy.yaml") or {}
    runtime = declared.get("runtime")
    options = runtime.get("options") or {} if isinstance(runtime, dict) else {}
    interpreter = choose(options, pack)
    with subprocess.Popen(
        [str(interpreter.python), "-u", "-m", "pulumi.policy", _NO_ENGINE, str(pack)],
        env=interpreter.environment(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=pack,
    ) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            if not port.isdecimal():
                process.terminate()
                said = process.communicate()[1].strip() or port
                raise ValueError(said or "it ended without a word")
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                analyzer = analyzer_pb2_grpc.AnalyzerStub(channel)
                info = analyzer.GetAnalyzerInfo(empty_pb2.Empty(), timeout=_ANSWER_SECONDS)
            return len(info.policies)
        finally:
            process.terminate()


def _last_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]
