"""The component: the server, its database, its artifacts, its users."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.encryption import customer_key
from trimtab.components.generated_secret import generated_secret
from trimtab.components.kube import ClusterComponent
from trimtab.components.kube.web import (
    Container,
    Server,
    external_secret,
    from_secret,
    key_secret,
    scratch,
    web_server,
)
from trimtab.components.mlflow import metrics, proxy
from trimtab.components.mlflow.args import MLflowArgs
from trimtab.components.mlflow.settings import (
    ALLOWED_HOSTS,
    ARTIFACTS,
    BACKEND_URI,
    HEALTH,
    METRICS_FOLDER,
    PORT,
    allowed_hosts,
    server_settings,
)
from trimtab.components.mlflow.storage import Backend, artifact_role, artifact_store, backend, passwords
from trimtab.components.place import place_of
from trimtab.spec.cluster.databases import CloudNativeDatabase
from trimtab.spec.cluster.mlflow import BasicAuth, OidcProxy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.components.buckets import Store
    from trimtab.spec.cluster.mlflow import MLflow as MLflowSpec
    from trimtab.spec.cluster.operators import Operator

TMP, AUTH = "/tmp", "/auth"  # noqa: S108  empty directories of the pod's own are mounted there
TMP_MIB, AUTH_MIB = 2048, 1
_PROBE = f"import urllib.request; urllib.request.urlopen('http://127.0.0.1:{PORT}{HEALTH}', timeout=4)"


class MLflow(ClusterComponent):
    """An MLflow tracking server with its model registry, reached from the cluster only unless it has an ingress.

    Artifacts pass through the server: clients need no rights to the bucket. The administrator's password is in
    Secrets Manager, under `<platform>-<environment>/<name>/admin-password`.

    Attributes:
        tracking_uri: what clients in the cluster set as MLFLOW_TRACKING_URI.
        artifact_bucket: where artifacts are.
        role_arn: of the role that the server keeps them with; None where no EKS cluster is wired.
        kms_key_arn: what encrypts all of it.
    """

    tracking_uri: pulumi.Output[str]
    artifact_bucket: pulumi.Output[str]
    role_arn: pulumi.Output[str] | None
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: MLflowArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, args, opts, owner=spec.owner, needs=_needs(spec))
        self._args, self._spec = args, spec
        self.kms_key_arn = customer_key(self, services=(), given=args.get("kms_key_arn"))
        store = artifact_store(self, args, place_of(self), self.kms_key_arn)
        where = backend(self, args, name=name, store=store, key_arn=self.kms_key_arn)
        basic = isinstance(spec.auth, BasicAuth)
        secret = passwords(self, name=name, key_arn=self.kms_key_arn, uri=where.uri, basic=basic)
        self.role_arn = artifact_role(self, args, name=name, store=store, key_arn=self.kms_key_arn)
        web_server(self, self._server(store, where), depends_on=[secret, *where.parts, *store.parts])
        self.artifact_bucket = store.name
        self.tracking_uri = pulumi.Output.format("http://{}.{}.svc", name, self.namespace)
        self.finish(
            {
                "trackingUri": self.tracking_uri,
                "artifactBucket": self.artifact_bucket,
                "roleArn": self.role_arn,
                "kmsKeyArn": self.kms_key_arn,
            },
            [self._handle()],
        )

    def _server(self, store: Store, where: Backend) -> Server:
        settings = server_settings(self._spec, auth_file=f"{AUTH}/users.ini")
        environment = self._environment(store, where)
        counted = self._spec.metrics
        mounts = {TMP: "tmp", AUTH: "auth", **({METRICS_FOLDER: "metrics"} if counted else {})}
        common: dict[str, Any] = {
            "image": self._spec.image,
            "environment": environment,
            "resources": self._spec.resources,
            "mounts": mounts,
        }
        prepare = [Container(name=step.name, command=step.command, **common) for step in settings.prepare]
        login = self._login()
        health: str | list[str] = ["python", "-c", _PROBE] if login else HEALTH
        server = Container(
            name="mlflow", command=settings.command, port=None if login else PORT, health=health, **common
        )
        beside = [metrics.exporter(self._spec.image)] if counted else []
        files = [scratch("metrics", mib=metrics.MOST_MIB, in_memory=True)] if counted else []
        return Server(
            name=self.name,
            spec=self._spec,
            containers=[*([login] if login else []), server, *beside],
            prepare=prepare,
            volumes=[scratch("tmp", mib=TMP_MIB), scratch("auth", mib=AUTH_MIB, in_memory=True), *files],
            egress=[where.egress],
            monitoring_namespace=self._args.get("monitoring_namespace", "monitoring"),
        )

    def _environment(self, store: Store, where: Backend) -> Mapping[str, Any]:
        settings = server_settings(self._spec, auth_file=f"{AUTH}/users.ini")
        further = (self._spec.ingress.host,) if self._spec.ingress else ()
        hosts = pulumi.Output.from_input(self.namespace).apply(lambda space: allowed_hosts(self.name, space, *further))
        return {
            **settings.environment,
            "HOME": TMP,
            ARTIFACTS: pulumi.Output.format("s3://{}/{}", store.name, self._spec.artifact_prefix),
            ALLOWED_HOSTS: hosts,
            **{name: from_secret(self.name, name) for name in settings.secrets},
            BACKEND_URI: where.variable,
        }

    def _login(self) -> Container | None:
        auth, ingress = self._spec.auth, self._spec.ingress
        if not isinstance(auth, OidcProxy) or ingress is None:
            return None
        client, cookie = f"{self.name}-client", f"{self.name}-cookie"
        external_secret(self, client, proxy.CLIENT_KEY, auth.client_secret)
        made = generated_secret(self, "cookie", key_arn=self.kms_key_arn, random_bytes=proxy.COOKIE_BYTES)
        key_secret(self, cookie, {proxy.COOKIE_KEY: made})
        return proxy.login_proxy(auth, host=ingress.host, upstream=PORT, cookie_secret=cookie, client_secret=client)

    def _handle(self) -> dict[str, Any]:
        dimensions = {
            "namespace": self.namespace,
            "workload_kind": "Deployment",
            "workload": self.name,
            "container": "mlflow",
        }
        return self.handle(
            self._spec.sizing(self._args.get("spec_path"), least_memory_mib=self._spec.least_memory_mib),
            cloud_id=pulumi.Output.format("{}/Deployment/{}", self.namespace, self.name),
            region="kubernetes",
            dimensions=dimensions,
            tags=self.tags(),
        )


def _needs(spec: MLflowSpec) -> list[Operator]:
    database: list[Operator] = ["cloudnative-pg"] if isinstance(spec.database, CloudNativeDatabase) else []
    login: list[Operator] = ["external-secrets"] if isinstance(spec.auth, OidcProxy) else []
    return [*database, *login]
