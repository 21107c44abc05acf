"""The docstrings below a model's fields, read when a schema is wanted.

pydantic's own `use_attribute_docstrings` reads the source of every model at import: each `pulumi up` would pay for it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise


@cache
def attribute_docstrings(cls: type) -> dict[str, str]:
    """Return the docstring below each annotated attribute of `cls` and its bases, by the attribute's name.

    A class without source, one made at run time, has none.
    """
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base.__module__ != "builtins":
            found |= _own(base)
    return found


def _own(cls: type) -> dict[str, str]:
    try:
        source = textwrap.dedent(inspect.getsource(cls))
    except (OSError, TypeError):
        return {}
    body = ast.parse(source).body
    statements = body[0].body if body and isinstance(body[0], ast.ClassDef) else []
    return {
        first.target.id: inspect.cleandoc(second.value.value)
        for first, second in pairwise(statements)
        if isinstance(first, ast.AnnAssign)
        and isinstance(first.target, ast.Name)
        and isinstance(second, ast.Expr)
        and isinstance(second.value, ast.Constant)
        and isinstance(second.value.value, str)
    }
