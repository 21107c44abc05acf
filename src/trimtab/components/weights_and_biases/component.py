"""The component: the server, its database, its files, its licence.

The server is W&B's single image in a Deployment of ours. W&B's own operator would fetch a Helm chart when it runs, of
which neither a preview nor a policy could see anything.
"""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.encryption import customer_key
from trimtab.components.kube import ClusterComponent
from trimtab.components.kube.web import (
    Container,
    Server,
    external_secret,
    from_secret,
    scratch,
    to_private,
    web_server,
)
from trimtab.components.place import Place, place_of
from trimtab.components.weights_and_biases.args import WeightsAndBiasesArgs
from trimtab.components.weights_and_biases.settings import (
    BUCKET,
    HEALTH,
    KEY,
    LICENSE,
    MYSQL,
    PORT,
    REGION,
    environment,
)
from trimtab.components.weights_and_biases.storage import database_secret, file_role, file_store

if TYPE_CHECKING:
    from trimtab.components.buckets import Store

USER, ROOT_GROUP = 100_000, 0
"""The image lets any user run it whose group is root's: its files are that group's (as OpenShift asks for)."""
DATA, TMP = "/vol", "/tmp"  # noqa: S108  volumes of the pod's own are mounted there
MIB_PER_GIB = 1024


class WeightsAndBiases(ClusterComponent):
    """A Weights & Biases server whose runs are in MySQL and whose files are in a bucket.

    Attributes:
        base_url: what clients set as WANDB_BASE_URL.
        bucket: of files.
        role_arn: of the role that the server keeps them with; None where no EKS cluster is wired.
        kms_key_arn: what encrypts all of it.
    """

    base_url: pulumi.Output[str]
    bucket: pulumi.Output[str]
    role_arn: pulumi.Output[str] | None
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: WeightsAndBiasesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._args, self._spec = args, args["spec"]
        super().__init__(name, args, opts, owner=self._spec.owner, needs=["external-secrets"])
        place = place_of(self)
        self.kms_key_arn = customer_key(self, services=(), given=args.get("kms_key_arn"))
        store = file_store(self, args, place, self.kms_key_arn)
        licence, database = f"{name}-license", f"{name}-database"
        parts: list[pulumi.Resource] = [*store.parts, external_secret(self, licence, LICENSE, self._spec.license)]
        secret, port = database_secret(self, args, name=database, key_arn=self.kms_key_arn)
        self.role_arn = file_role(self, args, name=name, store=store, key_arn=self.kms_key_arn)
        known = self._environment(store, place)
        held = {LICENSE: from_secret(licence, LICENSE), MYSQL: from_secret(database, MYSQL)}
        web_server(self, self._server({**known, **held}, port), depends_on=[*parts, secret])
        self.base_url, self.bucket = known["HOST"], store.name
        self.finish(
            {
                "baseUrl": self.base_url,
                "bucket": self.bucket,
                "roleArn": self.role_arn,
                "kmsKeyArn": self.kms_key_arn,
            },
            [self._handle()],
        )

    def _environment(self, store: Store, place: Place) -> dict[str, Any]:
        space = pulumi.Output.from_input(self.namespace)
        plain = environment(self._spec, name=self.name, namespace="")
        host = space.apply(lambda known: environment(self._spec, name=self.name, namespace=known)["HOST"])
        return {
            **plain,
            "HOST": host,
            BUCKET: pulumi.Output.concat("s3://", store.name),
            REGION: place.region,
            KEY: self.kms_key_arn,
        }

    def _server(self, variables: dict[str, Any], database_port: int) -> Server:
        container = Container(
            name="wandb",
            image=self._spec.image,
            environment=variables,
            resources=self._spec.resources,
            port=PORT,
            health=HEALTH,
            mounts={DATA: "data", TMP: "tmp"},
            # The image holds a dozen services, which write their configuration when they start.
            read_only=False,
        )
        size = self._spec.scratch_gib * MIB_PER_GIB
        return Server(
            name=self.name,
            spec=self._spec,
            containers=[container],
            volumes=[scratch("data", mib=size), scratch("tmp", mib=size)],
            egress=[to_private(database_port)],
            user=(USER, ROOT_GROUP),
            # Two at once would each have a queue, and migrate the database against each other.
            recreate=True,
        )

    def _handle(self) -> dict[str, Any]:
        return self.handle(
            self._spec.sizing(self._args.get("spec_path"), least_memory_mib=4096),
            cloud_id=pulumi.Output.format("{}/Deployment/{}", self.namespace, self.name),
            region="kubernetes",
            dimensions={
                "namespace": self.namespace,
                "workload_kind": "Deployment",
                "workload": self.name,
                "container": "wandb",
            },
            tags=self.tags(),
        )
