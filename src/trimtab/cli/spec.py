"""`trimtab spec`: the declaration's schema for editors, and a check of a file that holds one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from trimtab.cli.options import emit, format_option, output_option
from trimtab.spec import CONFIG_KEY, Platform, read_platform
from trimtab.spec.errors import UserError
from trimtab.spec.schema import platform_schema, stack_schema

CHECK_SCHEMA = "trimtab.spec.check/1"


@click.group()
def spec() -> None:
    """The platform declaration: its schema, a check of a stack file."""


@spec.command()
@click.option("--stack-file", is_flag=True, help="The schema of a whole Pulumi.<stack>.yaml, not of the object in it.")
@output_option
def schema(*, stack_file: bool, output: Path | None) -> None:
    """Print the JSON Schema (2020-12) of a declaration.

    An editor that knows YAML schemas then completes and checks what you type: begin the stack file with
    `# yaml-language-server: $schema=FILE`.
    """
    emit(json.dumps(stack_schema() if stack_file else platform_schema(), indent=2), output)


@spec.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@format_option("table", "json")
@output_option
def check(file: Path, output_format: str, output: Path | None) -> None:
    """Check a Pulumi.<stack>.yaml, or a YAML file that holds a platform alone.

    Every problem is told with its path, its value, what is allowed, and a remedy; nothing is changed. As JSON it is
    the platform with every default filled in.
    """
    declared, place = _declaration(file)
    platform = read_platform(declared, source=place)
    document = {"schema": CHECK_SCHEMA, "file": str(file), "platform": platform.model_dump(mode="json", by_alias=True)}
    emit(json.dumps(document, indent=2) if output_format == "json" else _summary(file, platform), output)


def _declaration(file: Path) -> tuple[Any, str]:
    """Return the object that declares the platform, and how the user would name its place.

    Raises:
        UserError: the file cannot be read, is not YAML, or holds no platform.
    """
    content = _load(file)
    if not isinstance(content, dict):
        raise _no_platform(file, "it holds no mapping")
    if "config" not in content:
        return content, str(file)
    config = content["config"]
    if not isinstance(config, dict) or CONFIG_KEY not in config:
        raise _no_platform(file, f"its config has no {CONFIG_KEY}")
    return config[CONFIG_KEY], f"{file}: {CONFIG_KEY}"


def _load(file: Path) -> Any:
    remedy = "name a file that can be read; `trimtab spec check --help` says which."
    if file.exists() and not (file.is_file() or file.is_fifo()):
        raise UserError(f"{file}: is not a file", remedy=remedy)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror}", remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{file}: is not UTF-8 text: byte {error.start}", remedy="save it as UTF-8.") from error
    try:
        return YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        raise UserError(f"{file}: is not YAML: {_where(error)}", remedy="mend that line.") from error
    except (YAMLError, ValueError) as error:
        raise UserError(f"{file}: is not YAML: {error}", remedy="mend it.") from error
    except RecursionError as error:
        raise UserError(f"{file}: is nested too deeply to be a platform", remedy="flatten it.") from error


def _where(error: MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{place}{error.problem or error.context}"


def _no_platform(file: Path, reason: str) -> UserError:
    return UserError(
        f"{file}: declares no platform: {reason}; allowed: a Pulumi stack file with config: {CONFIG_KEY}, or a "
        "file that holds the platform alone",
        remedy=f"add {CONFIG_KEY} under config; `trimtab spec schema --stack-file` prints the form.",
    )


def _summary(file: Path, platform: Platform) -> str:
    optional = {
        "model registry": platform.model_registry,
        "feature store": platform.feature_store,
        "monitoring": platform.monitoring,
        "pipelines": platform.pipelines,
        "audit trail": platform.audit_trail,
    }
    counted = {
        "training pools": [pool.name for pool in platform.training_pools],
        "serving endpoints": [endpoint.name for endpoint in platform.serving_endpoints],
    }
    parts = ["network", "artifact store", *(name for name, part in optional.items() if part)]
    parts += [f"{name}: {', '.join(names)}" for name, names in counted.items() if names]
    lines = [f"{file}: platform {platform.name}, environment {platform.environment}: no problem"]
    return "\n".join([*lines, *(f"  {part}" for part in parts)])
