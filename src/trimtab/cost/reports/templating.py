"""The templates that lie in the package, with the words they use."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from trimtab.cost.reports.words import change, day, fine, hour_of_week, moment, money, month, percent, plural, sentence


def environment(*, html: bool) -> Environment:
    """Return the templates' environment; HTML escapes whatever it is given."""
    made = Environment(
        loader=PackageLoader("trimtab.cost.reports"),
        autoescape=html,  # noqa: S701  # Markdown is no HTML; its own escapes are in as_markdown
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        money=money,
        percent=percent,
        moment=moment,
        day=day,
        hour=hour_of_week,
        month=month,
        change=change,
        sentence=sentence,
        fine=fine,
    )
    made.globals.update(plural=plural)
    return made
