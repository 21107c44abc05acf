"""Every check, in the order in which a person would mend things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.doctor.account import aws_credentials
from trimtab.local.doctor.cloud import aws_plugin, local_cloud
from trimtab.local.doctor.engine import engine, go, language_host
from trimtab.local.doctor.kubernetes import kubernetes
from trimtab.local.doctor.machine import disk, python
from trimtab.local.doctor.model import Check, Finding, State
from trimtab.local.doctor.packs import policy_packs
from trimtab.spec.errors import TrimtabError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.local.doctor.model import Site

CHECKS = (
    Check("python", python),
    Check("disk", disk),
    Check("go", go),
    Check("engine", engine),
    Check("language-host", language_host),
    Check("aws-plugin", aws_plugin),
    Check("kubernetes", kubernetes),
    Check("local-cloud", local_cloud),
    Check("aws-credentials", aws_credentials),
    Check("policy-packs", policy_packs),
)


def examine(site: Site, checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """One finding for each check; an error with a remedy is a gap, not the end."""
    for check in checks:
        try:
            answer = check.look(site)
        except TrimtabError as error:
            yield Finding(check=check.id, state=State.GAP, found=error.message, remedy=error.remedy)
        except OSError as error:
            remedy = "see that the file named above exists and may be read."
            yield Finding(check=check.id, state=State.GAP, found=str(error), remedy=remedy)
        else:
            yield Finding(check=check.id, state=answer.state, found=answer.found, remedy=answer.remedy)
