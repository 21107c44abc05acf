"""The inventory of a stack: its state, through the sizing handles that its components registered."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from trimtab.cost.kinds import KINDS, REQUESTING
from trimtab.cost.model import Owner, Requests, Resource
from trimtab.spec.errors import UserError, WorldError
from trimtab.spec.sizing import SIZING_OUTPUT, SizingHandle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EXPORT_SECONDS = 120


@dataclass(frozen=True)
class StackState:
    """A stack's state, as `pulumi stack export` writes it."""

    resources_in_state: tuple[dict[str, Any], ...]
    origin: str

    @classmethod
    def from_file(cls, path: Path) -> StackState:
        """Read an exported state.

        Raises:
            UserError: the file is absent or is no exported state.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(
                f"--state {path}: cannot be read: {error}",
                remedy="name a file that `pulumi stack export --file` wrote.",
            ) from error
        return cls.from_text(text, str(path))

    @classmethod
    def from_engine(cls, stack: str) -> StackState:
        """Ask the engine for the state of a stack.

        Raises:
            UserError: the engine knows no such stack.
            WorldError: the engine is not there or does not answer.
        """
        command = ["pulumi", "stack", "export", "--stack", stack, "--non-interactive"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_EXPORT_SECONDS, check=False)
        except FileNotFoundError as error:
            raise WorldError(
                "pulumi: no such command on PATH",
                remedy='install it, or `eval "$(trimtab local env)"` for the local cloud.',
            ) from error
        except subprocess.TimeoutExpired as error:
            raise WorldError(
                f"pulumi stack export --stack {stack}: no answer in {_EXPORT_SECONDS} s",
                remedy="check that its backend can be reached.",
            ) from error
        if done.returncode:
            first = next((line for line in done.stderr.splitlines() if line.strip()), "no message")
            raise UserError(
                f"--stack {stack}: pulumi says: {first.strip()}",
                remedy="name a stack that `pulumi stack ls` shows, in the folder of its project.",
            )
        return cls.from_text(done.stdout, f"stack {stack}")

    @classmethod
    def from_text(cls, text: str, origin: str) -> StackState:
        """Parse an exported state.

        Raises:
            UserError: it is no exported state.
        """
        try:
            resources = json.loads(text)["deployment"].get("resources") or []
            rows = tuple(dict(row) for row in resources)
            for row in rows:
                row["urn"], row["type"]  # both are always in a state; their absence is the test
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                f"{origin}: is not an exported state (JSON with deployment.resources)",
                remedy="write it with `pulumi stack export`.",
            ) from error
        return cls(rows, origin)

    def resources(self) -> tuple[Resource, ...]:
        """Return what has a handle, then what is of a priced type without one.

        Raises:
            UserError: a handle is broken.
        """
        handled = tuple(self._handled())
        known = {resource.resource_id for resource in handled}
        return handled + tuple(one for one in self._unhandled() if one.resource_id not in known)

    def _handled(self) -> Iterator[Resource]:
        seen: set[str] = set()
        for row in self.resources_in_state:
            for raw in (row.get("outputs") or {}).get(SIZING_OUTPUT) or []:
                handle = self._handle(raw, row["urn"])
                if handle.cloud_id not in seen:
                    seen.add(handle.cloud_id)
                    yield _from_handle(handle, row)

    def _handle(self, raw: Any, urn: str) -> SizingHandle:
        try:
            return SizingHandle.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise UserError(
                f"{self.origin}: {urn}: sizing handle: {where}: {first['msg']}",
                remedy="run `pulumi up` with the version of trimtab that reads it.",
            ) from error

    def _unhandled(self) -> Iterator[Resource]:
        types = {token: (kind, where) for kind in KINDS.values() for token, where in kind.cloud_types.items()}
        for row in self.resources_in_state:
            if row["type"] not in types or not row.get("id"):
                continue
            kind, where = types[row["type"]]
            properties = {**(row.get("inputs") or {}), **(row.get("outputs") or {}), "id": row["id"]}
            count = properties.get(where.count, 1) if where.count else 1
            yield Resource(
                resource_id=str(properties.get(where.identity) or row["id"]),
                kind=kind.id,
                instance_type=str(properties.get(where.instance_type) or "") if where.instance_type else "",
                region=_region(properties),
                count=int(count) if isinstance(count, int | float) else 1,
                owner=_owner(_tags(properties.get("tags"))),
                component=_name(row["urn"]),
                urn=row["urn"],
                source_position=row.get("sourcePosition") or "",
            )


def _from_handle(handle: SizingHandle, row: dict[str, Any]) -> Resource:
    return Resource(
        resource_id=handle.cloud_id,
        kind=handle.kind,
        instance_type=handle.instance_type,
        region=handle.region,
        count=handle.count,
        min_replicas=handle.floor,
        service_class=handle.service_class,
        interruptible=handle.interruptible,
        spot_percent=handle.spot_percent,
        on_demand_base=handle.on_demand_base,
        owner=_owner(handle.tags),
        component=handle.tags.get("Component") or _name(row["urn"]),
        requests=_requests(handle),
        dimensions=dict(handle.dimensions),
        urn=row["urn"],
        source_position=row.get("sourcePosition") or "",
        fields=handle.fields,
    )


def _requests(handle: SizingHandle) -> Requests:
    """Return what a workload requests, by the units of its fields."""
    units = {"millicores": "cpu_millicores", "MiB": "memory_mib", "gpus": "gpus"}
    found = {units[field.unit]: field.current for field in handle.fields if field.unit in units}
    return Requests.model_validate(found) if handle.kind in REQUESTING else Requests()


def _tags(raw: Any) -> dict[str, Any]:
    """Return tags as a mapping; an auto scaling group keeps its own as a list of key and value."""
    if isinstance(raw, list):
        return {str(tag.get("key")): tag.get("value", "") for tag in raw if isinstance(tag, dict)}
    return raw if isinstance(raw, dict) else {}


def _owner(tags: dict[str, Any]) -> Owner:
    return Owner(
        team=str(tags.get("Team", "")),
        cost_center=str(tags.get("CostCenter", "")),
        environment=str(tags.get("Environment", "")),
        model=str(tags.get("Model", "")),
    )


def _name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]


def _region(properties: dict[str, Any]) -> str:
    """Return the region: a property since the AWS provider 7, else the fourth part of the ARN."""
    region = properties.get("region")
    if isinstance(region, str) and region:
        return region
    parts = str(properties.get("arn") or "").split(":")
    return parts[3] if len(parts) > 3 else ""  # noqa: PLR2004  # arn:partition:service:region:…
