"""The public SSM parameters of AWS's Deep Learning AMIs, which moto lacks.

https://docs.aws.amazon.com/dlami/latest/devguide/find-dlami-id.html; each names an image of moto's own EC2.
"""

from __future__ import annotations

from typing import Any, Final

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ssm.models import Parameter, ParameterDict

from trimtab.local.cloud.extending import extend

_PREFIX: Final = "/aws/service/deeplearning/ami/"
_CHECK = ParameterDict._check_loading_status  # noqa: SLF001  # moto has no public way


def _check_loading_status(self: Any, key: str) -> None:
    """Load what a name asks for, before it is looked up."""
    _CHECK(self, key)
    name = str(key or "")
    if name.startswith(_PREFIX) and name.endswith("/latest/ami-id") and name not in self.keys():
        images = ec2_backends[self.account_id][self.region_name].describe_images(owners=["amazon"])
        architecture = "arm64" if "/arm64/" in name else "x86_64"
        fitting = [image.id for image in images if image.architecture == architecture]
        self.setdefault(name, []).append(_parameter(self.account_id, name, (fitting or [images[0].id])[0]))


def _parameter(account: str, name: str, value: str) -> Parameter:
    return Parameter(  # type: ignore[abstract]  # moto instantiates it just so
        account_id=account,
        name=name,
        value=value,
        parameter_type="String",
        description=None,
        allowed_pattern=None,
        keyid=None,
        last_modified_date=utcnow(),
        version=1,
        data_type="aws:ec2:image",
    )


def install_ssm_images() -> None:
    """Answer GetParameter for the Deep Learning AMIs."""
    extend(ParameterDict, {"_check_loading_status": _check_loading_status})
