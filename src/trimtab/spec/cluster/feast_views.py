"""What features there are: entities, views of tables, and the sets that models read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.owner import Owner
from trimtab.spec.units import EachOnce, Seconds

FeastName = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_]{0,62}$",
        description="Lower-case letters, digits and underscores, 63 at most, beginning with a letter.",
    ),
]
ColumnName = Annotated[
    str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,127}$", description="A column: letters, digits and underscores.")
]
SourcePath = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./=-]{0,511}$",
        description="A table of the database, or a key of the bucket without a slash first.",
    ),
]


class FeastEntity(SpecModel):
    """What features are of: a driver, an account."""

    name: FeastName
    join_key: ColumnName
    """The column that names one."""
    value_type: Literal["STRING", "INT32", "INT64"] = "STRING"
    description: Annotated[str, Field(max_length=256)] = ""


class FeastField(SpecModel):
    """One feature."""

    name: ColumnName
    type: Literal["String", "Bool", "Int32", "Int64", "Float32", "Float64", "UnixTimestamp"]
    description: Annotated[str, Field(max_length=256)] = ""


class FeastView(SpecModel):
    """Features of one table."""

    name: FeastName
    entities: Annotated[tuple[FeastName, ...], Field(min_length=1), EachOnce]
    fields: Annotated[tuple[FeastField, ...], Field(min_length=1)]
    source: SourcePath
    """The table, or the key of the Parquet files, that they come from."""
    timestamp_field: ColumnName = "event_timestamp"
    """The column that dates a row; training reads as of it."""
    created_timestamp_field: ColumnName | None = None
    """The column that says when a row was written: of two with one date the later counts."""
    ttl_seconds: Seconds
    """How long a row counts after its date, in training and in serving."""
    online: bool = True
    owner: Owner | None = None
    description: Annotated[str, Field(max_length=256)] = ""


class FeastService(SpecModel):
    """The set of views that one model reads, in training and in serving."""

    name: FeastName
    views: Annotated[tuple[FeastName, ...], Field(min_length=1), EachOnce]
    description: Annotated[str, Field(max_length=256)] = ""
