"""What a program's declarations become."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as kubernetes
import pytest

from trimtab.render import rendered
from trimtab.spec.errors import UserError


def one(kind: str, objects: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = [it for it in objects if it["kind"] == kind]
    return found


def test_typed_objects_come_out_in_the_servers_own_words() -> None:
    def program() -> None:
        kubernetes.apps.v1.Deployment(
            "web",
            metadata={"name": "web", "namespace": "team"},
            spec={
                "replicas": 2,
                "selector": {"match_labels": {"app": "web"}},
                "template": {
                    "metadata": {"labels": {"app": "web"}},
                    "spec": {"automount_service_account_token": False, "containers": [{"name": "c", "image": "i"}]},
                },
            },
        )

    assert rendered(program) == [
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web", "namespace": "team"},
            "spec": {
                "replicas": 2,
                "selector": {"matchLabels": {"app": "web"}},
                "template": {
                    "metadata": {"labels": {"app": "web"}},
                    "spec": {"automountServiceAccountToken": False, "containers": [{"name": "c", "image": "i"}]},
                },
            },
        }
    ]


def test_what_a_cloud_decides_is_a_readable_text_that_a_program_may_build_with() -> None:
    def program() -> None:
        database = aws.rds.Instance("mlflow", instance_class="db.t4g.small", engine="postgres")
        cluster = aws.eks.Cluster("ml", role_arn="arn:aws:iam::1:role/eks", vpc_config={"subnet_ids": ["a", "b"]})
        data: dict[str, pulumi.Input[str]] = {
            "url": pulumi.Output.format("postgresql://{0}:{1}/mlflow", database.address, database.port),
            "ca": cluster.certificate_authority.data,
            "issuer": cluster.identities[0].oidcs[0].issuer,
            "group": cluster.vpc_config.cluster_security_group_id,
            "subnet": cluster.vpc_config.subnet_ids[1],
            "account": aws.get_caller_identity().account_id,
            "zone": aws.get_availability_zones().names[1],
            "shell": "echo ${HOME}",
        }
        kubernetes.core.v1.ConfigMap("settings", metadata={"name": "settings"}, data=data)

    assert one("ConfigMap", rendered(program))["data"] == {
        "url": "postgresql://${Instance.mlflow.address}:${Instance.mlflow.port}/mlflow",
        "ca": "${Cluster.ml.certificateAuthority.data}",
        "issuer": "${Cluster.ml.identities[0].oidcs[0].issuer}",
        "group": "${Cluster.ml.vpcConfig.clusterSecurityGroupId}",
        "subnet": "b",
        "account": "${getCallerIdentity.accountId}",
        "zone": "${getAvailabilityZones.names[1]}",
        "shell": "echo ${HOME}",
    }


def test_secrets_are_not_written_and_their_neighbours_are() -> None:
    def program() -> None:
        config = pulumi.Config("app")
        kubernetes.core.v1.Secret("s", metadata={"name": "s"}, string_data={"token": pulumi.Output.secret("hunter2")})
        environment = [{"name": "TOKEN", "value": config.require_secret("token")}, {"name": "MODE", "value": "fast"}]
        pod = {"containers": [{"name": "c", "env": environment}]}
        kubernetes.core.v1.Pod("p", metadata={"name": "p"}, spec=pod)

    objects = rendered(program, {"app:token": "xyzzy"})
    assert "hunter2" not in str(objects)
    assert "xyzzy" not in str(objects)
    assert one("Secret", objects)["stringData"] == {"token": "${secret.Secret.s.stringData.token}"}
    (container,) = one("Pod", objects)["spec"]["containers"]
    assert container["env"][0]["value"] == "${secret.Pod.p.spec.containers[0].env[0].value}"
    assert container["env"][1] == {"name": "MODE", "value": "fast"}


def test_a_password_that_each_run_draws_is_nowhere() -> None:
    drawn: list[str] = []

    def program() -> None:
        drawn.append(secrets.token_hex(16))
        database = aws.rds.Instance("db", instance_class="db.t4g.small")
        version = aws.secretsmanager.SecretVersion(
            "redis", secret_id="redis", secret_string=pulumi.Output.secret(drawn[-1])
        )
        password = version.secret_string.apply(str)
        address = pulumi.Output.format("{0}:6379,password={1}", database.address, password)
        alone: pulumi.Output[str] = pulumi.Output.secret(password)
        built: pulumi.Output[str] = pulumi.Output.secret(address)
        mixed: pulumi.Output[str] = pulumi.Output.secret(database.address.apply(lambda host: f"{host}:{drawn[-1]}"))
        data: dict[str, pulumi.Input[str]] = {"alone": alone, "address": built, "mixed": mixed}
        kubernetes.core.v1.Secret("s", metadata={"name": "s"}, string_data=data)
        digest = password.apply(lambda text: hashlib.sha256(text.encode()).hexdigest())
        kubernetes.core.v1.ConfigMap("c", metadata={"name": "c"}, data={"digest": digest})

    first, second = rendered(program), rendered(program)
    assert first == second
    assert not [text for text in drawn if text in str(first + second)]
    assert one("Secret", first)["stringData"] == {
        "address": "${secret.Secret.s.stringData.address}",
        "alone": "${secret.SecretVersion.redis.secretString}",
        "mixed": "${secret.Secret.s.stringData.mixed}",
    }


def test_a_name_that_pulumi_makes_up_is_the_same_stand_in_wherever_it_is_used() -> None:
    def program() -> None:
        made = kubernetes.core.v1.ConfigMap("made", data={"a": "b"})
        kubernetes.core.v1.Pod(
            "p", metadata={"name": "p"}, spec={"volumes": [{"config_map": {"name": made.metadata.name}}]}
        )

    objects = rendered(program)
    name = one("ConfigMap", objects)["metadata"]["name"]
    assert name == "${ConfigMap.made.metadata.name}"
    assert one("Pod", objects)["spec"]["volumes"] == [{"configMap": {"name": name}}]


def test_namespaces_by_object_by_provider_and_by_kind() -> None:
    def program() -> None:
        provider = kubernetes.Provider("ml", namespace="ml", kubeconfig="{}")
        through = pulumi.ResourceOptions(provider=provider)
        kubernetes.core.v1.ConfigMap("own", metadata={"name": "own", "namespace": "team"}, opts=through)
        kubernetes.core.v1.ConfigMap("providers", metadata={"name": "providers"}, opts=through)
        kubernetes.core.v1.ConfigMap("default", metadata={"name": "default"})
        kubernetes.core.v1.Namespace("team", metadata={"name": "team"}, opts=through)
        custom = kubernetes.apiextensions.CustomResource
        custom("pool", api_version="karpenter.sh/v1", kind="NodePool", metadata={"name": "gpu"}, spec={})
        custom("other", api_version="example.org/v1", kind="NodePool", metadata={"name": "gpu"}, spec={})
        definition = {"group": "example.org", "scope": "Cluster", "names": {"kind": "Wide", "plural": "wides"}}
        versions = [{"name": "v1", "served": True, "storage": True}]
        kubernetes.apiextensions.v1.CustomResourceDefinition(
            "wides", metadata={"name": "wides.example.org"}, spec={**definition, "versions": versions}
        )
        custom("wide", api_version="example.org/v1", kind="Wide", metadata={"name": "w"}, spec={})

    placed = {(it["kind"], it["metadata"]["name"], it["metadata"].get("namespace")) for it in rendered(program)}
    assert placed == {
        ("ConfigMap", "own", "team"),
        ("ConfigMap", "providers", "ml"),
        ("ConfigMap", "default", "default"),
        ("Namespace", "team", None),
        ("NodePool", "gpu", None),
        ("NodePool", "gpu", "default"),
        ("CustomResourceDefinition", "wides.example.org", None),
        ("Wide", "w", None),
    }


def test_files_and_lists_of_objects_are_taken_apart() -> None:
    def program() -> None:
        text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-file}\ndata: {a: b}\n"
        kubernetes.yaml.ConfigGroup("group", yaml=[text])
        kubernetes.core.v1.ConfigMapList(
            "list", items=[{"metadata": {"name": "first"}}, {"metadata": {"name": "second"}}]
        )

    assert [it["metadata"]["name"] for it in rendered(program)] == ["first", "from-file", "second"]


def test_what_exists_already_is_read_and_not_rendered() -> None:
    def program() -> None:
        there = kubernetes.core.v1.ConfigMap.get("there", "default/there")
        kubernetes.core.v1.ConfigMap("mine", metadata={"name": "mine"}, data={"seen": there.id})

    assert [it["metadata"]["name"] for it in rendered(program)] == ["mine"]


def test_a_second_run_gives_the_same_and_nothing_of_the_first() -> None:
    def program() -> None:
        for name in ("b", "a"):
            kubernetes.core.v1.ConfigMap(name, metadata={"name": name}, data={"z": "1", "y": "2"})

    first = rendered(program)
    assert [it["metadata"]["name"] for it in first] == ["a", "b"]
    assert [list(it["data"]) for it in first] == [["y", "z"], ["y", "z"]]
    assert rendered(program) == first
    assert rendered(lambda: None) == []


def test_a_program_that_fails_is_one_message() -> None:
    def program() -> None:
        pulumi.Config("app").require("missing")

    with pytest.raises(UserError, match=r"the program failed: .*missing"):
        rendered(program)


def test_an_apply_that_fails_is_one_message() -> None:
    def program() -> None:
        database = aws.rds.Instance("db", instance_class="db.t4g.small")
        kubernetes.core.v1.ConfigMap(
            "c", metadata={"name": "c"}, data={"n": database.address.apply(lambda text: str(int(text)))}
        )

    with pytest.raises(UserError, match=r"(?s)the program failed: ValueError.*Instance\.db\.address"):
        rendered(program)


def test_what_a_failed_program_left_behind_does_not_hold_up_the_next() -> None:
    def failing() -> None:
        database = aws.rds.Instance("db", instance_class="db.t4g.small")
        kubernetes.core.v1.ConfigMap(
            "c", metadata={"name": "c"}, data={"n": database.address.apply(lambda text: str(int(text)))}
        )

    def sound() -> None:
        kubernetes.core.v1.ConfigMap("c", metadata={"name": "c"}, data={"n": "1"})

    for _ in range(2):
        with pytest.raises(UserError, match="Instance"):
            rendered(failing)
        assert one("ConfigMap", rendered(sound))["data"] == {"n": "1"}
