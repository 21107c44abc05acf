"""Puts provider plugins of ours where the engine looks for them."""

from __future__ import annotations

import json
import shlex
import sys
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from trimtab.local.atomic import write_script
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

AWS_SDK = "pulumi-aws"


def aws_version() -> str:
    """The version of the AWS SDK that is installed; the plugin must say the same.

    Raises:
        WorldError: the SDK is not installed.
    """
    try:
        files = distribution(AWS_SDK)
    except PackageNotFoundError as error:
        raise WorldError(
            f"the Python package {AWS_SDK} is not installed here ({sys.executable}).",
            remedy="run `make setup`, or install trimtab with its requirements.",
        ) from error
    declared = files.read_text("../pulumi_aws/pulumi-plugin.json")
    return str(json.loads(declared)["version"]) if declared else files.version


def aws_plugin_path(pulumi_home: Path) -> Path:
    """Where the engine looks for the AWS provider of the installed SDK."""
    return pulumi_home / "plugins" / f"resource-aws-v{aws_version()}" / "pulumi-resource-aws"


def install_aws_plugin(pulumi_home: Path) -> Path:
    """Write the plugin's executable, which runs our provider with this Python.

    Raises:
        WorldError: the disk is full, or the SDK is not installed.
    """
    path = aws_plugin_path(pulumi_home)
    command = shlex.join([sys.executable, "-m", "trimtab.local.awsprovider"])
    write_script(path, f'#!/bin/sh\nexec {command} "$@"\n')
    return path
