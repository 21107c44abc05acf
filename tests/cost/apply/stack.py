"""A platform of one endpoint in a project of its own, on the real engine: small, but every part of an apply meets it.

The endpoint itself is made in the cloud by the test; the stack holds a bucket whose tag says which size the
declaration asked for, so that a test can see whether cloud, state and file agree.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.cost.reports.sample import recommendation, resource
from trimtab.cost.apply.journal import JournalFolder
from trimtab.cost.model import AdviceDocument, FleetTarget, Replicas, SpecEdit
from trimtab.spec.sizing import SizingField

if TYPE_CHECKING:
    from tests.support import LocalCloud, Workspace
    from trimtab.cost.model.journal import Run

BEFORE, AFTER = 4, 2
PATH = "servingEndpoints[0].capacity.maxInstances"

PROGRAM = """
import pulumi

from trimtab.spec.load import read_platform

platform = read_platform(pulumi.Config("trimtab").require_object("platform"))
endpoint = platform.serving_endpoints[0]
size = endpoint.capacity.max_instances


class ServingEndpoint(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("trimtab:index:ServingEndpoint", name)
        if pulumi.Config("trimtab").require_bool("bucket"):
            import pulumi_aws as aws

            inside = pulumi.ResourceOptions(parent=self)
            moved = "-moved" if size == 3 else ""  # a size that would replace what holds data
            aws.s3.Bucket(name, bucket=name + moved, tags={"size": str(size)}, opts=inside)
        handle = endpoint.sizing("servingEndpoints[0]", floor=1).model_dump(mode="json", by_alias=True)
        known = {"cloudId": name, "region": "us-east-1", "dimensions": {"EndpointName": name, "VariantName": "main"}}
        self.register_outputs({"size": size, "sizingHandles": [{**handle, **known}]})


if not pulumi.runtime.is_dry_run() and size == pulumi.Config("trimtab").get_int("failsAt"):
    raise RuntimeError(f"the cloud refuses {size} instances")
ServingEndpoint(pulumi.Config("trimtab").require("cloudName"))
"""

CONFIG = """\
config:
  # The endpoint that the fraud team pays for.
  aws:region: us-east-1
  trimtab:cloudName: {name}
  trimtab:bucket: {bucket}
  trimtab:failsAt: 0 # instances
  trimtab:platform:
    name: atlas
    environment: dev
    owner: {{team: fraud, costCenter: "CC-1042", contact: fraud@example.com}}
    modelRegistry:
      groups: [{{name: scorer, description: scores payments}}]
    servingEndpoints:
      - name: scorer
        model: {{type: registered, group: scorer, version: 1, image: "x@sha256:{digest}", dataKey: scorer/model.tar.gz}}
        capacity:
          form: real-time
          instanceType: 'ml.g5.xlarge'   # one A10G
          minInstances: 1
          maxInstances: 4 # what the busiest day of last year needed
          targetInvocationsPerInstance: 600
"""


@dataclass(frozen=True)
class Stack:
    """The project, and what a test asks of it. `bucket`: whether something of it is in the cloud."""

    workspace: Workspace
    cloud: LocalCloud
    name: str
    bucket: bool

    @classmethod
    def made(cls, workspace: Workspace, *, bucket: bool) -> Stack:
        """Write the configuration, make the endpoint, and bring the stack up at its first size."""
        stack = cls(workspace, workspace.cloud, f"scorer-{secrets.token_hex(4)}", bucket)
        salt = stack.config.read_text(encoding="utf-8").partition("encryptionsalt:")[2]
        config = CONFIG.format(name=stack.name, bucket=str(bucket).lower(), digest="0" * 64)
        stack.config.write_text(f"{config}encryptionsalt: {salt.strip()}\n", encoding="utf-8")
        make_endpoint(stack.cloud.client("sagemaker"), stack.name, AFTER)
        workspace.up()
        return stack

    @property
    def config(self) -> Path:
        return self.workspace.folder / "Pulumi.test.yaml"

    @property
    def folder(self) -> JournalFolder:
        return JournalFolder.of(self.workspace.folder, "test")

    def size_in_cloud(self) -> int:
        tags = self.cloud.client("s3").get_bucket_tagging(Bucket=self.name)["TagSet"]
        return int({tag["Key"]: tag["Value"] for tag in tags}["size"])

    def size_in_state(self) -> int:
        rows = self.workspace.export()["deployment"]["resources"]
        (component,) = [row for row in rows if row["type"] == "trimtab:index:ServingEndpoint"]
        return int(component["outputs"]["size"])

    def size_in_file(self) -> int:
        (line,) = [one for one in self.config.read_text(encoding="utf-8").splitlines() if "maxInstances" in one]
        return int(line.split(":")[1].split("#")[0])

    def sizes(self) -> set[int]:
        """The size as file, state and cloud have it: one element where they agree."""
        return {self.size_in_file(), self.size_in_state(), *([self.size_in_cloud()] if self.bucket else [])}

    def last_run(self) -> Run:
        return self.folder.runs()[-1]

    def start(self, *args: str, **environment: str) -> subprocess.Popen[str]:
        """Start `trimtab cost …` in the project."""
        command = Path(sys.executable).with_name("trimtab")
        return subprocess.Popen(
            [str(command), "cost", *args, "--stack", "test"],
            cwd=self.workspace.folder,
            env={**self.cloud.environment, "COLUMNS": "200", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *args: str, **environment: str) -> tuple[int, str, str]:
        """Run `trimtab cost …` to its end: exit code, standard output, standard error."""
        process = self.start(*args, **environment)
        out, err = process.communicate()
        return process.returncode, out, err

    def apply(self, *args: str) -> tuple[int, str, str]:
        return self.run("apply", "--advice", str(self.advice()), "--yes", "--max-spend", "1", *args)

    def advice(self, *, after: int = AFTER, before: int = BEFORE) -> Path:
        """Write advice of this moment to run at most `after` instances."""
        now = datetime.now(tz=UTC)
        field = SizingField(
            name="maxInstances", spec_path=PATH, unit="instances", current=before, allowed=tuple(range(1, 9))
        )
        one = resource(self.name, count=max(before, after)).model_copy(
            update={
                "fields": (field,), "region": "us-east-1", "component": "scorer",
                "dimensions": {"EndpointName": self.name, "VariantName": "main"},
            }
        )  # fmt: skip
        made = recommendation(one, after, trace=False)
        edit = SpecEdit(name=field.name, spec_path=PATH, unit=field.unit, before=before, after=after)
        used = made.utilisation.model_copy(update={"last": now, "first": now - timedelta(days=14)})
        made = made.model_copy(
            update={
                "edits": (edit,), "utilisation": used, "target": FleetTarget(replicas=Replicas(min=1, max=after)),
            }
        )  # fmt: skip
        document = AdviceDocument(created=now, until=now, strategy="trimtab", advice=(made,))
        path = self.workspace.folder / "advice.json"
        path.write_text(document.dumps(), encoding="utf-8")
        return path

    def put_load(self, percent: float, *, at: datetime | None = None, errors: float = 0.0) -> None:
        """Publish one sample of GPU use, and of requests, as SageMaker would."""
        dimensions = [{"Name": "EndpointName", "Value": self.name}, {"Name": "VariantName", "Value": "main"}]
        common: dict[str, Any] = {"Dimensions": dimensions, "Timestamp": at or datetime.now(tz=UTC)}
        cloudwatch = self.cloud.client("cloudwatch")
        cloudwatch.put_metric_data(
            Namespace="/aws/sagemaker/Endpoints",
            MetricData=[{**common, "MetricName": "GPUUtilization", "Value": percent, "Unit": "Percent"}],
        )
        cloudwatch.put_metric_data(
            Namespace="AWS/SageMaker",
            MetricData=[
                {**common, "MetricName": "Invocations", "Value": 100.0},
                {**common, "MetricName": "Invocation5XXErrors", "Value": errors},
            ],
        )


def make_endpoint(sagemaker: Any, name: str, instances: int) -> None:
    """Make an endpoint in the cloud by AWS's own calls."""
    role = "arn:aws:iam::123456789012:role/none"
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=role, PrimaryContainer={"Image": "x"})
    variant = {
        "VariantName": "main", "ModelName": name, "InitialInstanceCount": instances, "InstanceType": "ml.g5.xlarge",
    }  # fmt: skip
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
