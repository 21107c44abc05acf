"""The Pulumi project around a stack: where its files lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.cost.apply.config.stack_file import StackFile
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")
EVERY_PACK = "all"
"""The pack that serves every rule in one process, which costs a preview a fraction of what five processes do."""


@dataclass(frozen=True)
class Project:
    """A folder with a Pulumi.yaml.

    Attributes:
        name: as Pulumi.yaml says it.
        folder: where Pulumi.yaml lies.
        config_folder: where the stacks' files lie.
    """

    name: str
    folder: Path
    config_folder: Path

    @classmethod
    def around(cls, start: Path) -> Project:
        """Find the project that `start` lies in.

        Raises:
            UserError: there is none, or its file is broken.
        """
        for folder in (start, *start.parents):
            for name in _PROJECT_FILES:
                if (folder / name).is_file():
                    said = _said(folder / name)
                    config_folder = str(said.get("stackConfigDir") or ".")
                    return cls(str(said.get("name") or folder.name), folder, folder / config_folder)
        raise UserError(
            f"no Pulumi.yaml in {start} or above it", remedy="run it inside a Pulumi project, or `trimtab init` one."
        )

    def stack_file(self, stack: str) -> StackFile:
        """Return the configuration file of a stack, also where its name is `org/project/stack`.

        Raises:
            UserError: it has none.
        """
        short = stack.rsplit("/", 1)[-1]
        for ending in ("yaml", "yml"):
            path = self.config_folder / f"Pulumi.{short}.{ending}"
            if path.is_file():
                return StackFile(path, str(path.relative_to(self.folder)))
        known = sorted(path.name.split(".")[1] for path in self.config_folder.glob("Pulumi.*.y*ml"))
        raise UserError(
            f"--stack {stack}: {self.config_folder.name or '.'}/Pulumi.{short}.yaml does not exist; "
            f"stacks here: {', '.join(known) or 'none'}",
            remedy="name a stack of this project.",
        )

    def packs(self) -> tuple[Path, ...]:
        """Return the policy packs below `policies/`; one of the name `all` holds the others, and stands for them."""
        found = tuple(sorted(path.parent for path in (self.folder / "policies").glob("*/PulumiPolicy.y*ml")))
        return tuple(path for path in found if path.name == EVERY_PACK) or found


def _said(path: Path) -> dict[str, Any]:
    try:
        loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read: {str(error).splitlines()[0]}", remedy="mend the file.") from error
    return loaded if isinstance(loaded, dict) else {}
