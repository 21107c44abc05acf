"""The `trimtab` command and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import os
import sys

import click

from trimtab import __version__
from trimtab.cli.lazy import LazyCommand, LazyGroup
from trimtab.spec.errors import TrimtabError

COMMANDS = {
    "doctor": LazyCommand("trimtab.cli.doctor:doctor", "What is installed, reachable and permitted."),
    "local": LazyCommand("trimtab.cli.local:local", "The embedded cloud: up, down, status, env."),
    "spec": LazyCommand("trimtab.cli.spec:spec", "The platform declaration: its schema, a check of a stack file."),
    "render": LazyCommand("trimtab.cli.render:render", "A stack's Kubernetes objects as YAML, without a cluster."),
    "policy": LazyCommand("trimtab.cli.policy:policy", "The rules: list, explain, check."),
    "cost": LazyCommand("trimtab.cli.cost:cost", "The analyser: from inventory to a verified change."),
}

INTERRUPTED = 130


@click.group(cls=LazyGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="trimtab")
def trimtab() -> None:
    """Declare an MLOps platform, check it against policy, and let it trim its own bill."""


def main() -> None:
    """Run the command line; leave with 0, 1 (findings), 2 (user's mistake) or 3 (the world failed)."""
    try:
        sys.exit(trimtab.main(standalone_mode=False) or 0)
    except TrimtabError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was left half done.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, less) has left; that is not an error of ours.
        sys.stderr.close()
    except Exception as fault:
        if os.environ.get("TRIMTAB_DEBUG"):
            raise
        click.echo(
            f"error: a fault of trimtab's own: {type(fault).__name__}: {fault}\n"
            "  remedy: run it again with TRIMTAB_DEBUG=1 and report what it prints.",
            err=True,
        )
        sys.exit(TrimtabError.exit_code)
