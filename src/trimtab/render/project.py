"""A Pulumi project on disk: its program's folder and a stack's configuration, as the engine would hand it over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from trimtab.render.program import Settings
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.render.placeholders import Placeholders

FILE_NAME = "Pulumi.yaml"


@dataclass(frozen=True)
class Project:
    """A project.

    Attributes:
        folder: where Pulumi.yaml lies.
        name: its name.
        main: the program's folder.
        stacks: where the stacks' files lie.
        defaults: configuration that Pulumi.yaml itself gives.
    """

    folder: Path
    name: str
    main: Path
    stacks: Path
    defaults: dict[str, Any]

    def stack_file(self, stack: str) -> Path:
        """The file of a stack's configuration."""
        return self.stacks / f"Pulumi.{stack}.yaml"

    def known_stacks(self) -> list[str]:
        """The stacks that have a file."""
        return sorted(
            path.name.removeprefix("Pulumi.").removesuffix(".yaml") for path in self.stacks.glob("Pulumi.?*.yaml")
        )


def find_project(start: Path) -> Project:
    """The project that a folder belongs to.

    Raises:
        UserError: there is none above it, its file is broken, or it is not one of Python.
    """
    start = start.resolve()
    if not start.is_dir():
        raise UserError(f"--program {start}: is not a folder", remedy="name the folder that holds Pulumi.yaml.")
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return _project(folder, _mapping(folder / FILE_NAME))
    raise UserError(
        f"{start}: no {FILE_NAME} here or above",
        remedy="run it inside a Pulumi project, or name one with --program.",
    )


def _project(folder: Path, document: dict[str, Any]) -> Project:
    runtime = document.get("runtime")
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language != "python":
        raise UserError(
            f"{folder / FILE_NAME}: runtime = {language!r}: only Python programs run without an engine",
            remedy="name a folder with a program in Python.",
        )
    main = folder / str(document.get("main") or ".")
    if not (main / "__main__.py").is_file():
        raise UserError(f"{main}: holds no __main__.py", remedy="name the program's folder under `main:`.")
    stacks = folder / str(document.get("stackConfigDir") or ".")
    defaults = document.get("config")
    return Project(folder, str(document.get("name") or folder.name), main.resolve(), stacks, _defaults(defaults))


def settings_of(project: Project, stack: str, placeholders: Placeholders) -> Settings:
    """A stack's configuration.

    Raises:
        UserError: the stack has no file though the project has stacks, or the file is broken.
    """
    file = project.stack_file(stack)
    if not file.is_file():
        known = project.known_stacks()
        if known:
            raise UserError(
                f"--stack {stack}: {file} does not exist; there are: {', '.join(known)}", remedy="name one of those."
            )
        document: dict[str, Any] = {}
    else:
        document = _mapping(file)
    config = document.get("config") or {}
    if not isinstance(config, dict):
        raise UserError(f"{file}: config is not an object", remedy="write `config:` as keys and values.")
    given = {**project.defaults, **config}
    values, secrets = {}, set()
    for key, value in given.items():
        full = str(key) if ":" in str(key) else f"{project.name}:{key}"
        opened = _opened(value, ("config", full), placeholders)
        values[full] = opened if isinstance(opened, str) else json.dumps(opened)
        if opened != value:
            secrets.add(full)
    return Settings(project.name, stack, values, frozenset(secrets))


def _opened(value: Any, path: tuple[str, ...], placeholders: Placeholders) -> Any:
    """A configuration value; what is encrypted becomes a stand-in, for nobody here has its key."""
    if isinstance(value, dict) and set(value) == {"secure"}:
        return placeholders.make("secret", *path)
    if isinstance(value, dict):
        return {key: _opened(item, (*path, str(key)), placeholders) for key, item in value.items()}
    if isinstance(value, list):
        numbered = enumerate(value)
        return [_opened(item, (*path[:-1], f"{path[-1]}[{number}]"), placeholders) for number, item in numbered]
    return value


def _defaults(config: Any) -> dict[str, Any]:
    """What Pulumi.yaml's `config` gives: a value, or a description with `value` or `default`."""
    found = {}
    for key, entry in (config if isinstance(config, dict) else {}).items():
        described = isinstance(entry, dict) and ({"value", "default", "type", "description"} & set(entry))
        value = entry.get("value", entry.get("default")) if described else entry
        if value is not None:
            found[str(key)] = value
    return found


def _mapping(file: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror}", remedy="name a file that can be read.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{file}: is not YAML: {' '.join(str(error).split())}", remedy="mend it.") from error
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise UserError(f"{file}: is not an object", remedy="write keys and values.")
    return document
