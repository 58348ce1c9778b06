"""From columns to the document a person's row holds: `{"rfm.cell": "champions", "rfm.monetary": 4310.00, ...}`."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from msgspec import Struct

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.sources import Circumstances
from hourglass.audience.computed.trait import TraitKind
from hourglass.kernel import exponent


class Column(Struct, frozen=True, kw_only=True):
    """One trait in a family's table: the column `name`, in the document `<family>.<name>`."""

    family: str
    name: str
    kind: TraitKind
    decimals: int

    @property
    def trait(self) -> str:
        """Its name in conditions."""
        return f"{self.family}.{self.name}"

    def member(self) -> pl.Expr:
        """`"rfm.cell":"champions"`, null without a value. The table's column is called like the trait."""
        column = pl.col(self.trait)
        match self.kind:
            case "number":
                value = column.cast(pl.String)
            case "money":
                value = (column.cast(pl.Decimal(38, self.decimals)) / 10**self.decimals).cast(pl.String)
            case "date":
                value = pl.format('"{}"', column.cast(pl.Int32).cast(pl.Date).dt.strftime("%Y-%m-%d"))
            case "text":
                value = _quoted(column)
        return pl.format("{}:{}", pl.lit(f'"{self.trait}"'), value)


def as_columns(family: Family, circumstances: Circumstances, currency: str) -> list[Column]:
    """The traits of a family as columns of its table."""
    return [
        Column(family=family.name, name=trait.name, kind=trait.kind, decimals=exponent(currency))
        for trait in family.all_traits(circumstances)
    ]


def documents(table: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """profile_id and `traits` as JSON; what is null is left out."""
    members = pl.concat_str([column.member() for column in columns], separator=",", ignore_nulls=True)
    return table.select("profile_id", pl.format("{}{}{}", pl.lit("{"), members, pl.lit("}")).alias("traits"))


def _quoted(column: pl.Expr) -> pl.Expr:
    """As JSON writes a text; PostgreSQL stores no NUL."""
    clean = column.cast(pl.String).str.replace_all("\0", "", literal=True)
    encoded = pl.struct(clean.alias("v")).struct.json_encode()
    return pl.when(column.is_not_null()).then(encoded.str.slice(5, encoded.str.len_chars() - 6))
