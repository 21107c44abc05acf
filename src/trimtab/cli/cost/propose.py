"""`trimtab cost apply --pull-request`: the edit as a branch for reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.parts import author
from trimtab.cli.cost.teller import teller
from trimtab.cost.apply.interrupts import interruptible
from trimtab.cost.apply.journal import JournalFile
from trimtab.cost.apply.pull_request import Repository, body, open_request, title
from trimtab.cost.apply.transaction import close, gate
from trimtab.cost.apply.wiring import now
from trimtab.cost.model.journal import Outcome
from trimtab.local.interrupts import terminate_as_interrupt

if TYPE_CHECKING:
    from trimtab.cli.cost.parts import Place
    from trimtab.cost.apply.plan import Plan


def propose(place: Place, plan: Plan, *, yes: bool) -> None:
    """Preview, write branch, commit and text, push them where there is a remote, and open the request.

    Raises:
        UserError: the project is in no git repository.
        WorldError: git or the host refuses; the stack was not changed.
    """
    repository = Repository.around(place.project.folder)
    if not yes and not click.confirm("Write a branch with this change?", err=True):
        click.echo("nothing was written.")
        return
    planned = plan.planned(
        place.stack, author(), now(), watch_seconds=0, packs=tuple(pack.name for pack in place.project.packs())
    )
    journal = JournalFile.create(place.folder.file(planned.run), planned)
    branch = f"trimtab/{place.folder.path.name}-{planned.run}"
    with terminate_as_interrupt(), interruptible(journal), teller() as tell:
        w = place.wiring(journal, tell)
        problem = gate(w)
        text = body(plan, place.stack, problem)
        text_file = place.folder.path / f"{planned.run}.md"
        text_file.write_text(text, encoding="utf-8")
        heading = title(plan, place.stack)
        repository.commit(place.file.path, plan.after, branch, f"{heading}\n\n{text}\n")
        close(w, Outcome.PROPOSED, f"branch {branch}; preview: {problem or 'passed'}")
    click.echo(f"branch: {branch}\ntext: {text_file}")
    remote = repository.remote()
    if not remote:
        click.echo("no remote: push the branch and open the request by hand.")
        return
    repository.push(remote, branch)
    address = open_request(repository.root, branch, heading, text_file)
    click.echo(address or f"pushed to {remote}; neither gh nor glab is on PATH: open the request by hand.")
