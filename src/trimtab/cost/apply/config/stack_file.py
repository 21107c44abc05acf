"""A stack's configuration file on disk, at all times the old one or the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from trimtab.cost.apply.config.edit import digest, edited, in_force, inverse, replaced
from trimtab.cost.files import replace
from trimtab.cost.model.journal import ConfigEdit
from trimtab.spec.errors import UserError
from trimtab.spec.load import CONFIG_KEY, read_platform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from trimtab.cost.model import SpecEdit
    from trimtab.spec.platform import Platform


@dataclass(frozen=True)
class StackFile:
    """The file of one stack.

    Attributes:
        path: where it lies.
        name: as the user calls it, relative to the project.
    """

    path: Path
    name: str

    def read(self) -> str:
        """Return its text, line endings as they are.

        Raises:
            UserError: it cannot be read as UTF-8 text.
        """
        try:
            return self.path.read_bytes().decode()
        except FileNotFoundError:
            raise UserError(f"{self.name}: does not exist", remedy="name a stack of this project.") from None
        except UnicodeDecodeError as error:
            raise UserError(f"{self.name}: is not UTF-8 text: {error.reason}", remedy="save it as UTF-8.") from error
        except OSError as error:
            raise UserError(f"{self.name}: cannot be read: {error.strerror}", remedy="mend its rights.") from error

    def platform(self, text: str) -> Platform:
        """Read the platform that `text` declares.

        Raises:
            SpecError: it is not a platform.
        """
        loaded: Any = YAML(typ="safe").load(text)
        return read_platform(loaded["config"][CONFIG_KEY], source=self.name)

    def plan(self, edits: Sequence[SpecEdit], before: str | None = None) -> tuple[ConfigEdit, str, str]:
        """Return the edit, the old text and the new one; the new one was read as a platform.

        Args:
            edits: what to set.
            before: the text to start from; None: what the file says now.

        Raises:
            UserError: it cannot be made.
            SpecError: what it would make is not a platform.
        """
        before = self.read() if before is None else before
        replacements = edited(before, edits, self.name)
        after = replaced(before, replacements)
        self.platform(after)
        config = ConfigEdit(path=self.name, before=digest(before), after=digest(after), replacements=replacements)
        return config, before, after

    def forward(self, config: ConfigEdit) -> None:
        """Make the file the new one; nothing to do where it is.

        Raises:
            UserError: it is neither the old one nor the new one.
            WorldError: it cannot be written.
        """
        text = self.read()
        if digest(text) == config.before:
            replace(self.path, replaced(text, config.replacements))
        elif digest(text) != config.after:
            raise edited_meanwhile(self.name)

    def back(self, stages: Sequence[ConfigEdit], edits: Sequence[SpecEdit]) -> None:
        """Make the file the old one again; where a person changed other parts of it, only the edited fields go back.

        Args:
            stages: the edits of the file in their order, each one from where the one before it led.
            edits: every field that they set; one that is as it was before is left alone.

        Raises:
            UserError: an edited field was changed again since.
            WorldError: it cannot be written.
        """
        text = old = self.read()
        for stage in reversed(stages):
            if digest(old) == stage.after:
                old = replaced(old, inverse(stage))
        if digest(old) != stages[0].before:
            undo = [
                edit.model_copy(update={"before": edit.after, "after": edit.before})
                for edit in in_force(text, edits, self.name)
            ]
            old = replaced(text, edited(text, undo, self.name))
            self.platform(old)
        if old != text:
            replace(self.path, old)


def edited_meanwhile(name: str) -> UserError:
    """Return the error for a file that somebody edited while a run was under way."""
    return UserError(
        f"{name}: was edited by somebody else since the change was planned; it was left as it is",
        remedy="look at it (`git diff`), then `trimtab cost resume --undo` takes back only the changed fields, "
        "or `trimtab cost resume --abandon` leaves the file as it is.",
    )
