"""SageMaker model package groups: deletion and resource policies, which moto lacks."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.responses import SageMakerResponse

from trimtab.local.cloud.extending import extend


def _group(response: Any) -> Any:
    name = response._get_param("ModelPackageGroupName")  # noqa: SLF001  # moto's own way
    found = response.sagemaker_backend.model_package_groups.get(name.rsplit("/", 1)[-1])
    if found is None:
        raise ValidationError(message=f"ModelPackageGroup {name} does not exist.")
    return found


def _delete_group(self: Any) -> Any:
    """An empty group only, as the service has it."""
    group = _group(self)
    name = group.model_package_group_name
    packages = self.sagemaker_backend.model_packages.values()
    if any(package.model_package_group_name == name for package in packages):
        raise ValidationError(message=f"Cannot delete ModelPackageGroup {name}: it still has model packages.")
    del self.sagemaker_backend.model_package_groups[name]
    return EmptyResult()


def _put_policy(self: Any) -> Any:
    group = _group(self)
    group.trimtab_policy = self._get_param("ResourcePolicy")
    return ActionResult({"ModelPackageGroupArn": group.arn})


def _get_policy(self: Any) -> Any:
    policy = getattr(_group(self), "trimtab_policy", None)
    if policy is None:
        raise ValidationError(message="Cannot find the resource policy: it does not exist.")
    return ActionResult({"ResourcePolicy": policy})


def _delete_policy(self: Any) -> Any:
    _group(self).trimtab_policy = None
    return EmptyResult()


def install_model_package_groups() -> None:
    """Serve DeleteModelPackageGroup and the three operations of its policy."""
    extend(
        SageMakerResponse,
        {
            "delete_model_package_group": _delete_group,
            "put_model_package_group_policy": _put_policy,
            "get_model_package_group_policy": _get_policy,
            "delete_model_package_group_policy": _delete_policy,
        },
    )
