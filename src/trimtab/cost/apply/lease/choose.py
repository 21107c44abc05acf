"""Where the lock lies: beside the state, which every machine that changes the stack can reach."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from trimtab.cost.apply.journal import stack_lock
from trimtab.cost.apply.lease.bucket import LockObject, client_of
from trimtab.cost.apply.lease.renewed import hold_object
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

    from trimtab.cost.apply.lease.port import Lease, Wanted

VARIABLE = "TRIMTAB_LOCK"
"""Names a bucket for backends that are none: `s3://BUCKET/PREFIX`."""


class LocalLease:
    """Nothing can be lost: the system holds the lock until this process ends, or nobody offers one."""

    def check(self) -> None:
        """Do nothing."""

    def keep(self, *, while_open: bool) -> None:
        """Do nothing: such a lock ends with its process."""


@contextmanager
def hold(backend: str, wanted: Wanted) -> Iterator[Lease]:
    """Hold the lock of a stack against every other machine.

    In a bucket by conditional writes, in a folder by the file system's own lock (NFS 4 and SMB carry it to other
    machines). Other backends lock each of the engine's updates themselves, but not what lies between them.

    Args:
        backend: address of Pulumi's backend; TRIMTAB_LOCK goes before it.
        wanted: what is locked, and for whom.

    Raises:
        UserError: TRIMTAB_LOCK is no bucket's address.
        WorldError: somebody holds it, or it cannot be reached.
    """
    named = os.environ.get(VARIABLE, "")
    parts = urlsplit(named or backend)
    if named and (parts.scheme != "s3" or not parts.netloc):
        raise UserError(f"{VARIABLE}={named}: is no bucket; allowed: s3://BUCKET/PREFIX", remedy="name a bucket.")
    if parts.scheme == "s3":
        with hold_object(_object(parts, wanted), wanted) as lease:
            yield lease
    elif parts.scheme == "file":
        with stack_lock(_folder(parts, wanted)):
            yield LocalLease()
    else:
        yield LocalLease()


def _object(parts: SplitResult, wanted: Wanted) -> LockObject:
    place = (parts.path.strip("/"), ".trimtab/locks", wanted.project, f"{wanted.stack}.json")
    return LockObject(client_of(dict(parse_qsl(parts.query))), parts.netloc, "/".join(filter(None, place)))


def _folder(parts: SplitResult, wanted: Wanted) -> Path:
    backend = Path(unquote(f"{parts.netloc}{parts.path}")).expanduser()
    return backend / ".trimtab" / "locks" / wanted.project / wanted.stack
