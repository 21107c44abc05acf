"""Applies from the command line through the real engine, with the metrics of a real CloudWatch API."""

from __future__ import annotations

import json
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from tests.cost.apply.load import load
from tests.cost.apply.stack import AFTER, BEFORE
from tests.support.cloud import trimtab
from trimtab.cost.model.journal import Outcome, Verified
from trimtab.cost.model.verification import Realised

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.cost.apply.stack import Stack

pytestmark = pytest.mark.engine
DENY = """
from trimtab.rules.examples import example, resource
from trimtab.rules.port import ResourceRule, Severity
from trimtab.rules.runtime import serve_pack

BUCKET = "aws:s3/bucket:Bucket"


def check(bucket, _):
    if bucket.props.block("tags").text("size") == "2":
        yield "two instances are too few for fraud"


RULE = ResourceRule(
    id="not-too-few", title="t", pack="cost", severity=Severity.HIGH, enforcement="mandatory", types=(BUCKET,), why="w",
    remedy="r", code="c", check=check, fails=example(resource(BUCKET, "a")), passes=example(resource(BUCKET, "b")),
)
serve_pack("cost", [RULE])
"""


@pytest.fixture
def untouched(stack: Stack) -> Iterator[bytes]:
    """Whatever a test does, file, state and cloud end as they were, byte for byte."""
    before = stack.config.read_bytes()
    yield before
    assert stack.config.read_bytes() == before
    assert stack.sizes() == {BEFORE}
    assert stack.folder.open_run() is None


def until(process: subprocess.Popen[str], beginning: str) -> None:
    """Read what a command tells until a line begins so."""
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        told.append(line)
        if line.strip().startswith(beginning):
            return
    raise AssertionError("".join(told))


def start(stack: Stack, watch: str) -> subprocess.Popen[str]:
    return stack.start("apply", "--advice", str(stack.advice()), "--yes", "--max-spend", "1", "--watch", watch)


def test_from_advice_to_a_verified_change_and_back(stack: Stack, untouched: bytes) -> None:
    with load(stack, 55):
        code, out, err = stack.apply("--watch", "6s")
        assert code == 0, err
    assert "-          maxInstances: 4 # what the busiest day of last year needed" in out
    assert "+          maxInstances: 2 # what the busiest day of last year needed" in out
    assert "saves 2,055.68 USD" in out
    assert stack.config.read_bytes() == untouched.replace(b"maxInstances: 4", b"maxInstances: 2")
    assert stack.sizes() == {AFTER}
    run = stack.last_run()
    assert run.closed is not None
    assert run.closed.outcome is Outcome.KEPT
    (verification,) = run.verifications
    assert verification.samples >= 1
    assert isinstance(verification.realised, Realised)
    assert verification.realised.units == 2

    code, out, err = stack.run("verify", run.id, "--format", "json")
    assert code == 0, err
    assert json.loads(out)["verifications"][0]["verdict"] == "kept"
    assert sum(isinstance(event, Verified) for event in stack.last_run().events) == 2

    report = stack.workspace.folder / "report.json"
    code, out, err = stack.run("report", "--advice", str(stack.advice()), "--format", "json", "-o", str(report))
    assert code == 0, err
    assert out.splitlines()[-1] == str(report)
    (change,) = json.loads(report.read_text(encoding="utf-8"))["changes"]
    assert (change["outcome"], change["promised"], change["realised"]["monthly"]) == ("kept", "2055.680", "2055.68")

    code, out, err = stack.run("rollback", run.id[:16], "--yes")
    assert code == 0, err
    assert "maxInstances: 2 → 4" in err
    code, _, err = stack.run("rollback", run.id, "--yes")
    assert code == 2
    assert "is rolled-back; only a kept run can be undone" in err


@pytest.mark.usefixtures("untouched")
def test_no_data_goes_back(stack: Stack) -> None:
    code, out, err = stack.apply("--watch", "1s")
    assert code == 3
    assert "rolled back, Pulumi.test.yaml and the cloud are as before" in err
    assert "0 samples since the change" in out


@pytest.mark.usefixtures("untouched")
def test_a_saturated_endpoint_goes_back(stack: Stack) -> None:
    with load(stack, 100):
        code, out, _ = stack.apply("--watch", "6s")
    assert code == 3
    assert "samples at full load (highest 100%)" in out


@pytest.mark.usefixtures("untouched")
def test_an_alarm_goes_back_at_once(stack: Stack) -> None:
    cloudwatch = stack.cloud.client("cloudwatch")
    name = f"{stack.name}-latency"
    cloudwatch.put_metric_alarm(
        AlarmName=name, MetricName="ModelLatency", Namespace="AWS/SageMaker", Statistic="Average", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
        Dimensions=[{"Name": "EndpointName", "Value": stack.name}],
    )  # fmt: skip
    process = start(stack, "1h")
    until(process, "watching")
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="slow")
    out, err = process.communicate()
    assert process.returncode == 3
    assert f"{name} in ALARM" in out

    code, out, err = stack.apply("--watch", "1s")
    cloudwatch.delete_alarms(AlarmNames=[name])
    assert (code, out) == (0, "nothing to change.\n")
    assert f"held (alarm): {name} in ALARM before the change" in err


@pytest.mark.usefixtures("untouched")
def test_a_policy_forbids_it(stack: Stack) -> None:
    pack = stack.workspace.folder / "policies" / "fraud"
    pack.mkdir(parents=True)
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
    (pack / "__main__.py").write_text(DENY, encoding="utf-8")
    code, out, err = stack.apply("--watch", "1s")
    shutil.rmtree(pack)
    assert code == 1, err
    assert "two instances are too few for fraud" in err
    assert "denied" in out


@pytest.mark.usefixtures("untouched")
def test_a_resize_that_would_replace_data_is_refused(stack: Stack) -> None:
    advice = stack.advice(after=3)
    code, _, err = stack.run("apply", "--advice", str(advice), "--yes", "--max-spend", "1", "--watch", "1s")
    assert code == 3, err
    assert f"would replace or delete {stack.name}, which holds data, and nobody named it (--may-replace)" in err


@pytest.mark.usefixtures("untouched")
def test_an_update_that_fails_goes_back(stack: Stack) -> None:
    text = stack.config.read_text(encoding="utf-8")
    stack.config.write_text(text.replace("failsAt: 0", "failsAt: 2"), encoding="utf-8")
    code, _, err = stack.apply("--watch", "1s")
    stack.config.write_text(
        stack.config.read_text(encoding="utf-8").replace("failsAt: 2", "failsAt: 0"), encoding="utf-8"
    )
    assert code == 3
    assert "the cloud refuses 2 instances" in err


def test_ctrl_c_says_where_it_stands_and_undo_spares_what_a_person_edited(stack: Stack, untouched: bytes) -> None:
    process = start(stack, "1h")
    until(process, "watching")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert "was interrupted at step watch: the change is in force" in err
    assert "trimtab cost resume --stack test" in err
    assert "Traceback" not in err

    edited = stack.config.read_text(encoding="utf-8").replace("the fraud team pays", "the fraud team really pays")
    stack.config.write_text(edited, encoding="utf-8")
    code, _, err = stack.run("resume", "--undo")
    assert code == 0, err
    assert stack.config.read_bytes() == untouched.replace(b"team pays", b"team really pays")
    stack.config.write_bytes(untouched)


def test_a_file_edited_meanwhile_stops_it(stack: Stack, untouched: bytes) -> None:
    """Ctrl-C during the preview; then a person sets the same field."""
    process = start(stack, "1s")
    until(process, "pulumi preview")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130, err
    stack.config.write_bytes(untouched.replace(b"maxInstances: 4", b"maxInstances: 3"))
    code, _, err = stack.run("resume")
    assert code == 2
    assert "was edited by somebody else" in err
    code, _, err = stack.run("resume", "--abandon")
    assert code == 0, err
    stack.config.write_bytes(untouched)


PLANTED = {
    "AWS_SECRET_ACCESS_KEY": "pl4nted-key-of-aws",
    "AWS_SESSION_TOKEN": "pl4nted-session-of-aws",
    "PROMETHEUS_TOKEN": "pl4nted-token-of-prometheus",
}
SEALED = b"v1:"
"""How a secret begins that Pulumi has encrypted into the stack's file."""


def test_secrets_stay_out_of_everything_that_is_written(stack: Stack, untouched: bytes) -> None:
    """One in the stack's configuration, three in the environment; the update fails, so the engine's logs stay."""
    planted = "pl4nted-config-secret"
    assert stack.workspace.pulumi("config", "set", "--secret", "trimtab:token", planted).code == 0
    assert stack.workspace.pulumi("config", "set", "trimtab:failsAt", "2").code == 0
    advice = str(stack.advice())
    reports = [
        ("report", "--advice", advice, "--format", each) for each in ("html", "markdown", "json", "csv", "focus")
    ]
    said = ""
    for number, command in enumerate([
        ("apply", "--advice", advice, "--yes", "--max-spend", "1", "--watch", "1s"), ("resume",), ("verify",),
        ("rollback", "--last", "--yes"), *reports,
    ]):  # fmt: skip
        code, out, err = stack.run(*command, **PLANTED)
        # The update failed; no run is open; none is in force, for two commands; every report is written.
        assert code == [3, 0, 2, 2, 0, 0, 0, 0, 0][number], out + err
        said += out + err
    said += stack.workspace.pulumi("stack", "output").stdout
    doctor = trimtab(
        "doctor", "--format", "json", env={**stack.cloud.environment, **PLANTED}, cwd=stack.workspace.folder
    )
    written = [path for path in stack.folder.path.rglob("*") if path.is_file()]
    made = [*stack.workspace.folder.glob("cost-report-*")]
    assert {path.suffix for path in written} >= {".jsonl", ".log", ".err"}
    assert len(made) == len(reports)
    everything = [
        said.encode(),
        (doctor.stdout + doctor.stderr).encode(),
        *(one.read_bytes() for one in written + made),
    ]
    for secret in (planted, *PLANTED.values()):
        assert [one for one in everything if secret.encode() in one] == []
    assert [one for one in everything[1:] if SEALED in one] == []
    stack.config.write_bytes(untouched)
    for one in made:
        one.unlink()


@pytest.mark.usefixtures("untouched")
def test_without_an_engine(stack: Stack) -> None:
    code, _, err = stack.run("apply", "--advice", str(stack.advice()), "--yes", "--max-spend", "1", PATH="/nowhere")
    assert code == 3
    assert "`pulumi` is not on PATH, so nothing was changed" in err
    assert "trimtab doctor" in err
