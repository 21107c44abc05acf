"""The engine as its command line."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from trimtab.cost.apply.engine import locks, reading
from trimtab.cost.apply.engine.drift import below, drifts
from trimtab.cost.apply.engine.process import Finished, await_orphan, run
from trimtab.cost.apply.errors import EngineError
from trimtab.cost.files import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from trimtab.cost.apply.engine.port import Drift, Preview

_Read = TypeVar("_Read")
_TIDY = ("--non-interactive", "--color=never")
_REREAD = ("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
_PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class PulumiEngine:
    """`pulumi` on PATH, for one stack of one project.

    Attributes:
        logs: folder that keeps the output of what failed.
        packs: policy packs that every preview and update runs under.
        tell: takes a line for the user.
        patience_seconds: how long `recover` waits for an engine that a dead run left behind.
    """

    project: Path
    stack: str
    logs: Path
    packs: tuple[Path, ...]
    tell: Callable[[str], None]
    patience_seconds: float = 1800
    sleep: Callable[[float], None] = field(default=time.sleep)

    def require(self) -> str:
        """Return where `pulumi` lies.

        Raises:
            EngineError: it is not on PATH.
        """
        executable = shutil.which("pulumi")
        if executable is None:
            raise EngineError(
                "`pulumi` is not on PATH, so nothing was changed",
                remedy='run `trimtab doctor`; for the local cloud, `eval "$(trimtab local env)"`.',
            )
        return executable

    def backend(self) -> str:
        """Return the address of the backend that holds the state: `s3://bucket`, `file:///folder`, `https://…`.

        Raises:
            EngineError: the engine is absent, or nobody is logged in.
        """
        finished = self._execute("whoami", "--json")
        if finished.code != 0:
            raise self._failed("whoami", finished)
        return self._parsed("whoami", finished, lambda text: str(json.loads(text)["url"]))

    def drift(self, components: Collection[str]) -> tuple[Drift, ...]:
        exported = self._run("stack export")
        if exported.code != 0:
            raise self._failed("stack export", exported)
        state = self._parsed(
            "stack export", exported, lambda text: json.loads(text)["deployment"].get("resources") or []
        )
        owners = below(state, components)
        if not owners:
            return ()
        targets = [flag for urn in owners for flag in ("--target", urn)]
        finished = self._run("refresh", "--preview-only", "--json", *targets)
        if finished.code != 0:
            raise self._failed("refresh", finished)
        found = self._parsed("refresh", finished, drifts)
        return tuple(replace(one, component=owners.get(one.urn, one.component)) for one in found)

    def preview(self, config: Path) -> Preview:
        finished = self._run("preview", "--json", "--config-file", str(config), *self._pack_flags())
        return reading.preview(finished)

    def up(self) -> None:
        finished = self._run("up", "--yes", "--skip-preview", *self._pack_flags())
        if finished.code != 0:
            raise self._failed("up", finished)

    def reread(self) -> None:
        finished = self._run(*_REREAD)
        if finished.code != 0:
            raise self._failed("refresh", finished)

    def recover(self) -> None:
        await_orphan(self.logs, self.patience_seconds, self.tell)
        waited = 0.0
        while (finished := self._run(*_REREAD)).code != 0:
            output = finished.stdout + finished.stderr
            if not locks.is_locked(output) or waited >= self.patience_seconds:
                raise self._failed("refresh", finished)
            found = locks.holders(output)
            if found and all(holder.is_gone for holder in found):
                self.tell(f"clearing the engine's lock of a run that died ({found[0]})")
                self._cancel()
            elif waited == 0:
                self.tell(f"waiting for the engine that holds the stack ({found[0] if found else 'not named'})")
            self.sleep(_PAUSE_SECONDS)
            waited += _PAUSE_SECONDS

    def _cancel(self) -> None:
        finished = self._run("cancel", "--yes")
        if finished.code != 0:
            raise self._failed("cancel", finished)

    def _pack_flags(self) -> tuple[str, ...]:
        return tuple(flag for pack in self.packs for flag in ("--policy-pack", str(pack)))

    def _log(self, command: str) -> Path:
        return self.logs / f"{command.replace(' ', '-')}.log"

    def _run(self, command: str, *arguments: str) -> Finished:
        return self._execute(command, "--stack", self.stack, *arguments)

    def _execute(self, command: str, *arguments: str) -> Finished:
        executable = self.require()
        with told(f"pulumi {command}: cannot be run", "free room on the disk or mend the rights of .trimtab."):
            self.logs.mkdir(parents=True, exist_ok=True)
            return run(
                [executable, *command.split(), *arguments, *_TIDY],
                self.project,
                self._log(command),
                reading.STREAMING if command == "preview" else {},
            )

    def _parsed(self, command: str, finished: Finished, read: Callable[[str], _Read]) -> _Read:
        try:
            return read(finished.stdout)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(
                f"pulumi {command}: answered something else than JSON of its kind",
                remedy="`trimtab doctor` says which versions of the engine are known to work.",
            ) from error

    def _failed(self, command: str, finished: Finished) -> EngineError:
        output = finished.stdout + finished.stderr
        if locks.is_locked(output):
            who = ", ".join(str(holder) for holder in locks.holders(output)) or "another update"
            return EngineError(
                f"pulumi {command}: the stack is locked by {who}",
                remedy="wait until it has ended; where nobody runs it any more, `pulumi cancel`.",
            )
        return EngineError(
            f"pulumi {command} failed: {reading.complaint(finished)}",
            remedy=f"its whole output is in {self._log(command)}; `trimtab doctor` checks the surroundings.",
        )
