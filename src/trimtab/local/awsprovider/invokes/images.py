"""`aws.sagemaker.getPrebuiltEcrImage`: in which account of AWS's a region's prebuilt images lie.

The accounts are those of https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-built-container.html
and https://github.com/aws/deep-learning-containers/blob/master/available_images.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trimtab.local.awsprovider.context import partition_of
from trimtab.local.awsprovider.errors import refusal

if TYPE_CHECKING:
    from trimtab.local.awsprovider.clients import Clients
    from trimtab.local.awsprovider.invokes.port import Invoke
    from trimtab.local.awsprovider.values import Props

_MONITOR: Final = {
    "af-south-1": "875698925577",
    "ap-east-1": "001633400207",
    "ap-northeast-1": "574779866223",
    "ap-northeast-2": "709848358524",
    "ap-south-1": "126357580389",
    "ap-southeast-1": "245545462676",
    "ap-southeast-2": "563025443158",
    "ca-central-1": "536280801234",
    "cn-north-1": "453000072557",
    "cn-northwest-1": "453252182341",
    "eu-central-1": "048819808253",
    "eu-north-1": "895015795356",
    "eu-south-1": "933208885752",
    "eu-west-1": "468650794304",
    "eu-west-2": "749857270468",
    "eu-west-3": "680080141114",
    "me-south-1": "607024016150",
    "sa-east-1": "539772159869",
    "us-east-1": "156813124566",
    "us-east-2": "777275614652",
    "us-west-1": "890145073186",
    "us-west-2": "159807026194",
}
# Deep learning containers lie in one account for most regions.
_DEEP_LEARNING: Final = "763104351884"
_ELSEWHERE: Final = {
    "ap-east-1": "871362719292",
    "af-south-1": "626614931356",
    "eu-south-1": "692866216735",
    "me-south-1": "217643126080",
    "cn-north-1": "727897471807",
    "cn-northwest-1": "727897471807",
}
_CONTAINERS: Final = ("djl-", "huggingface-", "pytorch-", "tensorflow-", "autogluon-", "mxnet-")


def _account(repository: str, region: str) -> str:
    if repository == "sagemaker-model-monitor-analyzer":
        found = _MONITOR.get(region)
    elif repository.startswith(_CONTAINERS):
        found = _ELSEWHERE.get(region, _DEEP_LEARNING)
    else:
        found = None
    if found is None:
        raise refusal("getPrebuiltEcrImage", "NotKnown", f"no registry of '{repository}' is known in {region}")
    return found


def prebuilt_image(_clients: Clients, region: str, args: Props) -> Props:
    """The registry path of an image of AWS's."""
    repository, tag = args["repositoryName"], args.get("imageTag") or "1"
    suffix = args.get("dnsSuffix") or ("amazonaws.com.cn" if partition_of(region) == "aws-cn" else "amazonaws.com")
    account = _account(repository, region)
    return {
        **args,
        "id": account,
        "registryId": account,
        "registryPath": f"{account}.dkr.ecr.{region}.{suffix}/{repository}:{tag}",
        "region": region,
    }


IMAGES: dict[str, Invoke] = {"aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": prebuilt_image}
