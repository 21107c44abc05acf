"""Where the custom resource definitions of each operator lie: a folder of its published Go module."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definitions:
    """The definitions of one operator.

    Attributes:
        operator: its name, as `trimtab.spec.cluster` writes it.
        module: Go module that carries them.
        version: of the module.
        folders: folders of the module whose files are definitions.
        kinds: plural names that are taken; empty: all of them.
        unlisted: the public checksum database does not know the module.
    """

    operator: str
    module: str
    version: str
    folders: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    unlisted: bool = False


DEFINITIONS = (
    Definitions("karpenter", "github.com/aws/karpenter-provider-aws", "v1.15.1", ("pkg/apis/crds",)),
    Definitions("kueue", "sigs.k8s.io/kueue", "v0.17.0", ("config/components/crd/bases",), unlisted=True),
    Definitions(
        "kserve",
        "github.com/kserve/kserve",
        "v0.17.0",
        (
            "config/crd/full",
            "config/crd/full/clusterstoragecontainer",
            "config/crd/full/llmisvc",
            "config/crd/full/localmodel",
        ),
    ),
    # Knative's modules are numbered 27 minor versions below its releases: this is 1.21.1, which KServe 0.17.0 pins.
    Definitions("knative", "knative.dev/operator", "v0.48.1", ("config/crd/bases",), kinds=("knativeservings",)),
    Definitions("kuberay", "github.com/ray-project/kuberay/ray-operator", "v1.6.0", ("config/crd/bases",)),
    Definitions("kubeflow-trainer", "github.com/kubeflow/trainer/v2", "v2.1.0", ("manifests/base/crds",)),
    Definitions(
        "prometheus-operator",
        "github.com/prometheus-operator/prometheus-operator",
        "v0.85.0",
        ("example/prometheus-operator-crd",),
    ),
    Definitions("keda", "github.com/kedacore/keda/v2", "v2.21.0", ("config/crd/bases",)),
    Definitions(
        "external-secrets",
        "github.com/external-secrets/external-secrets",
        "v1.3.2",
        ("config/crds/bases",),
        kinds=("clusterexternalsecrets", "clustersecretstores", "externalsecrets", "pushsecrets", "secretstores"),
    ),
    Definitions("cloudnative-pg", "github.com/cloudnative-pg/cloudnative-pg", "v1.28.0", ("config/crd/bases",)),
    Definitions(
        "argo-workflows",
        "github.com/argoproj/argo-workflows/v4",
        "v4.0.5",
        ("manifests/base/crds/full",),
        kinds=("clusterworkflowtemplates", "cronworkflows", "workfloweventbindings", "workflows", "workflowtemplates"),
    ),
)
