"""The component: the repository, its stores, the feature server, and the job between them."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.encryption import customer_key
from trimtab.components.feast.args import FeastArgs
from trimtab.components.feast.commands import ENVIRONMENT, HEALTH, METRICS, PORT, REPOSITORY, serve_command
from trimtab.components.feast.grants import job_grants, server_grants
from trimtab.components.feast.jobs import jobs
from trimtab.components.feast.repository import feature_repository
from trimtab.components.feast.stores import Stores, feast_stores
from trimtab.components.feast.tables import table_template
from trimtab.components.kube import ClusterComponent
from trimtab.components.kube.identity import workload_role
from trimtab.components.kube.web import Container, Server, from_secret, key_secret, scratch, web_server
from trimtab.components.place import Place, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TMP, TMP_MIB = "/tmp", 1024  # noqa: S108  an empty directory of the pod's own is mounted there
FILES = "repository"
VERSION_DIGITS = 10


class Feast(ClusterComponent):
    """A feature store: applied when its declaration changes, materialised by the clock, served over HTTP.

    The feature server asks for no login: its network policy lets its own namespace in, and those that are named.

    Attributes:
        server_url: what clients in the cluster ask for online features.
        repository: name of the ConfigMap that holds the feature repository.
        bucket: of the registry, the sources and Athena's results.
        kms_key_arn: what encrypts all of it.
    """

    server_url: pulumi.Output[str]
    repository: pulumi.Output[str]
    bucket: pulumi.Output[str]
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: FeastArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args, opts, owner=args["spec"].owner)
        self._args, self._spec = args, args["spec"]
        place = place_of(self)
        self.kms_key_arn = customer_key(self, services=(), given=args.get("kms_key_arn"))
        stores = feast_stores(self, args, place, self.kms_key_arn)
        files = feature_repository(self._spec, table_template=table_template(self))
        written = kubernetes.core.v1.ConfigMap(
            f"{name}-repository", metadata=self.metadata(f"{name}-{FILES}"), data=files, opts=self.child()
        )
        self._roles(stores, place)
        self._run(stores, files, [written, *stores.bucket.parts])
        self.server_url = pulumi.Output.format("http://{}.{}.svc", name, self.namespace)
        self.repository, self.bucket = pulumi.Output.from_input(f"{name}-{FILES}"), stores.bucket.name
        self.finish(
            {
                "serverUrl": self.server_url,
                "repository": self.repository,
                "bucket": self.bucket,
                "kmsKeyArn": self.kms_key_arn,
            },
            [self._handle()],
        )

    def _run(self, stores: Stores, files: Mapping[str, str], parts: list[pulumi.Resource]) -> None:
        if stores.secret:
            parts = [*parts, key_secret(self, self.name, stores.secret)]
        secrets = {variable: from_secret(self.name, variable) for variable in stores.secret}
        fixed = {**ENVIRONMENT, "HOME": TMP, "FEAST_REPOSITORY": REPOSITORY}
        common: dict[str, Any] = {
            "image": self._spec.image,
            "environment": {**fixed, **stores.plain, **secrets},
            # One file at a time: Feast would walk the links of a mounted map, and read every definition twice.
            "mounts": {TMP: "tmp", **{f"{REPOSITORY}/{file}": (FILES, file) for file in files}},
        }
        volumes = [
            scratch("tmp", mib=TMP_MIB),
            {"name": FILES, "configMap": {"name": f"{self.name}-{FILES}"}},
        ]
        version = _version(files)
        applied = jobs(
            self, self._spec, common=common, volumes=volumes, egress=stores.egress, version=version, depends_on=parts
        )
        container = Container(
            name="feast",
            command=serve_command(self._spec, host="0.0.0.0"),  # noqa: S104  the network policy says who reaches it
            resources=self._spec.resources,
            port=PORT,
            metrics=METRICS,
            health=HEALTH,
            **common,
        )
        server = Server(
            name=self.name,
            spec=self._spec,
            containers=[container],
            volumes=volumes,
            annotations={"trimtab.dev/repository": version},
            egress=stores.egress,
            monitoring_namespace=self._args.get("monitoring_namespace", "monitoring"),
        )
        web_server(self, server, depends_on=[applied])

    def _roles(self, stores: Stores, place: Place) -> None:
        if "cluster_name" not in self._args:
            return
        accounts = {
            "server": (self.name, server_grants(stores, self.kms_key_arn)),
            "jobs": (f"{self.name}-jobs", job_grants(self._args, stores, place, self.kms_key_arn)),
        }
        for logical, (account, statements) in accounts.items():
            workload_role(
                self,
                logical,
                cluster_name=self._args["cluster_name"],
                namespace=self.namespace,
                service_account=account,
                statements=statements,
            )

    def _handle(self) -> dict[str, Any]:
        return self.handle(
            self._spec.sizing(self._args.get("spec_path")),
            cloud_id=pulumi.Output.format("{}/Deployment/{}", self.namespace, self.name),
            region="kubernetes",
            dimensions={
                "namespace": self.namespace,
                "workload_kind": "Deployment",
                "workload": self.name,
                "container": "feast",
            },
            tags=self.tags(),
        )


def _version(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:VERSION_DIGITS]
