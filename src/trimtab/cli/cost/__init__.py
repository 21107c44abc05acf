"""The analyser's commands, one stage each."""

from __future__ import annotations

import click

from trimtab.cli.lazy import LazyCommand, LazyGroup

COMMANDS = {
    "inventory": LazyCommand(
        "trimtab.cli.cost.inventory:inventory", "What is paid for, and what of it may be changed."
    ),
    "usage": LazyCommand("trimtab.cli.cost.usage:usage", "What was measured, and what was broken in it."),
    "recommend": LazyCommand("trimtab.cli.cost.recommend:recommend", "What to change, with reasons and back-test."),
    "waste": LazyCommand("trimtab.cli.cost.waste:waste", "What an AWS account pays for and does not use."),
    "spend": LazyCommand("trimtab.cli.cost.spend:spend", "What was billed, and who answers for it."),
    "commitments": LazyCommand(
        "trimtab.cli.cost.commitments:commitments_command", "Savings Plans and reserved nodes for what remains."
    ),
    "apply": LazyCommand("trimtab.cli.cost.apply:apply", "Change what is declared as advised; keep it or go back."),
    "resume": LazyCommand("trimtab.cli.cost.resume:resume", "Finish or undo a run that was interrupted or died."),
    "verify": LazyCommand("trimtab.cli.cost.verify:verify", "Judge a kept run again by the metrics since."),
    "rollback": LazyCommand("trimtab.cli.cost.rollback:rollback", "Undo a run that was kept."),
    "report": LazyCommand(
        "trimtab.cli.cost.report:report", "The weekly report: HTML, Markdown, JSON, CSV, FOCUS; delivered, rolled up."
    ),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def cost() -> None:
    """Find, explain and make savings: inventory, usage, advice, change."""


__all__ = ["cost"]
