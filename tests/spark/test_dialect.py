"""Decision 0013: what expressions may use gives the same answer on Polars and on a Spark cluster, to the last bit."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from hourglass.kernel import Malformed
from hourglass.lake import Dialect, portable_pattern
from tests.spark.agreement import agree, both

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# fmt: off
NUMBERS = [
    "12", " 12 ", "1d", "1D", "2f", "1L", "Infinity", "-Infinity", "inf", "+inf", "NaN", "nan", "-nan", "1e3", "1E-3",
    "0x10", "", "-", "+", "+5", ".5", "5.", ".", "-.e1", "1,5", "1_000", "１２", "٣", "1e400", "-1e400", "-0", "true",
    "9007199254740993", "99999999999999999999", "null", None, "12abc", "\t7\n", "1e", "e5", "--1", "1 2", "5\u00a0",
    "1\n",
]
DATES = [
    "2024-02-29", "2024-02-30", "2024-2-9", None, "", "2024-02-29T10:00:00Z", "2024-02-29 10:00", "2024-02-29x",
    "0000-01-01", "20240229", "1990-05-17", " 2024-01-01", "0001-01-01", "9999-12-31", "2024-13-01", "2024-00-10",
    "٢٠٢٤-٠١-٠١", "2024-01-01\n",
]
DAYS = ["2024-02-29", "2024-02-29T10:00:00Z", "2024-02-29 10:00", "1990-05-17", "0001-01-01", "9999-12-31"]
MOMENTS = [
    datetime(2024, 2, 29, 23, 59, tzinfo=UTC), datetime(2026, 1, 4, tzinfo=UTC), None,
    datetime(1969, 12, 31, tzinfo=UTC),
]
TEXTS = [
    "a.b", "a b", "2", "٣", "Алматы", "алматы", "ҚАЗАҚ 7", "été", "Straße", "STRASSE", "İstanbul", "ıi", "ΣΑΣ",
    "a\r\nb", "b\n", "b\r", "x\u2028y", "tea-cup", "_", "é9", "\u200d", "ſ", "\u212a", "k", None, "", "a\u0301",
    "100%", "[x]", "a|b", "😀", "aaa", "\\d", "A1",
]
PATTERNS = [
    r"^a.b$", r"\d+", r"^\w+$", r"\W", r"\bcup", r"\s", r"[^\w\s]", r"\p{Lu}", r"[а-я]+$", r"b$", r"^.$", r"a{2,}",
    r"(a|b)c?", r"\.", r"\[x\]", r"😀", r"^$", r"[\w-]+$", r"\x{41}", "(?:a)+?$", r"[.$]", r"\\d", r"\P{L}", r"\S+\b",
    r".*y", "",
]
ONLY_ONE_KNOWS = [
    "a*+", "(?i)a", "(?=a)", r"(a)\1", r"\Z", r"\h", "[[:alpha:]]", "[a&&b]", "[a--b]", "(", "[a", "*", "a{2}{3}",
    r"\p{Greek}", "{",
]
# fmt: on
EVENTS = pl.DataFrame(
    {
        "subject": [1, 1, 1, 2, 2, 3, 3, 3, 3],
        "event": ["a", "b", "a", "a", None, "b", "b", "c", "a"],
        "at_us": [10, 20, 30, 5, 6, 1, 2, 3, 3],
        "message_id": list("abcdefghi"),
        "products.name": ["x", "x", None, "y", "Y", None, None, "z", "zz"],
        "price": ["0.1", "0.2", "0.3", "1e9", "x", None, "5", "2.2", "3.3"],
        "yes": [True, None, False, True, True, None, None, False, True],
        "n": [1, 2, None, 4, 5, None, None, 8, -9],
    }
)
ORDER = ["at_us", "message_id"]


def column(values: list[Any], kind: Any = pl.String) -> pl.DataFrame:
    return pl.DataFrame({"place": range(len(values)), "value": pl.Series(values, dtype=kind)})


def test_numbers(spark: SparkSession) -> None:
    chance, signs = Random(1), "0019.+-eEdDfxInfaNty _,\u00a0\t\n"
    made = ["".join(chance.choices(signs, k=chance.randrange(1, 7))) for _ in range(3000)]
    numbers = column([*NUMBERS, *made])
    found = agree(spark, numbers, lambda frame, d: frame.select("value", number=d.number(d.col("value"))))
    read = {text: number for text, number in found.rows() if number is not None and text in NUMBERS}
    exact = {"12": 12, "1e3": 1000, "1E-3": 0.001, "+5": 5, ".5": 0.5, "5.": 5, "-0": 0}
    assert read == exact | {"9007199254740993": 2.0**53, "99999999999999999999": 1e20}


def test_dates_and_weekdays(spark: SparkSession) -> None:
    dates = agree(spark, column(DATES), lambda frame, d: frame.select("value", day=d.date(d.col("value"))))
    assert {text: str(day) for text, day in dates.rows() if day} == {text: text[:10] for text in DAYS}
    moments = column(MOMENTS, pl.Datetime("us", "UTC"))
    days = agree(spark, moments, lambda frame, d: frame.select("place", day=d.weekday(d.col("value"))))
    assert days.rows() == [(0, 4), (1, 7), (2, None), (3, 3)]


def test_what_a_group_gives(spark: SparkSession) -> None:
    def ask(frame: Any, d: Dialect) -> Any:
        hit, name = d.col("event") == "a", d.col("products.name")
        at = d.x.when(hit).then(d.col("at_us")).otherwise(None)
        return frame.group_by("subject").agg(
            count=d.count(hit),
            distinct=d.distinct(d.x.when(hit).then(name).otherwise(None)),
            first=d.earliest(name, d.col("at_us")),
            last=d.latest(name, d.col("at_us")),
            last_a=d.latest(name, at),
            spent=d.millionths(d.number(d.col("price"))).sum(),
            seen=at.max() - at.min(),
            mean=d.col("n").mean(),
            nothing=d.x.when(d.col("n") > 100).then(d.col("n")).otherwise(None).sum(),
            any=d.col("yes").any(),
            share=d.count(hit) * 100 // d.x.len().cast(d.x.Int64),
        )

    assert agree(spark, EVENTS, ask).rows() == [
        (1, 2, 1, "x", "x", "x", 600_000, 20, 1.5, 0, True, 66),
        (2, 1, 1, "y", "Y", "y", 1_000_000_000_000_000, 0, 4.5, 0, True, 50),
        (3, 1, 1, "z", "zz", "zz", 10_500_000, 0, -0.5, 0, True, 25),
    ]


def test_what_came_before(spark: SparkSession) -> None:
    def ask(frame: Any, d: Dialect) -> Any:
        def over(expression: Any) -> Any:
            return expression.over("subject", order_by=ORDER)

        a = d.x.when(d.col("event") == "a").then(d.col("at_us")).otherwise(None)
        return frame.with_columns(
            last_a=over(a.fill_null(strategy="forward")),
            next_a=over(a.fill_null(strategy="backward")),
            before=over(d.col("at_us").shift(1)),
            best=over(d.col("n").cum_max()),
            left=over(d.col("n").cum_min(reverse=True)),
            sum=over(d.col("n").cum_sum()),
            latest=d.col("at_us").max().over("subject"),
        ).with_columns(a_before=over(d.col("last_a").shift(1)))

    found = agree(spark, EVENTS, ask).sort("message_id")
    assert found["a_before"].to_list() == [None, 10, 10, None, 5, None, None, None, None]
    assert found["next_a"].to_list() == [10, 30, 30, 5, None, 3, 3, 3, 3]


def test_row_by_row(spark: SparkSession) -> None:
    def ask(frame: Any, d: Dialect) -> Any:
        n, name, yes = d.col("n"), d.col("products.name"), d.col("yes")
        return frame.select(
            "message_id",
            both=(n > 1) & yes,
            either=(n > 1) | yes,
            neither=~(n > 1),
            among=n.is_in([4, 8]),
            none=n.is_in([]),
            named=name.is_in(["x", "z"]),
            floor=n // 2,
            rest=n % 3,
            by_zero=n // (n - n),
            least=d.x.min_horizontal(n, d.col("at_us")),
            known=d.x.coalesce(n, d.col("at_us")),
            text=d.x.concat_str([name, d.x.lit("-"), d.col("event")]),
            share=(d.col("at_us") % 2147483647 * 48271 + 7) % 2147483647 % 10000,
        )

    agree(spark, EVENTS, ask)


def test_texts(spark: SparkSession) -> None:
    signs = ["a", "A", ".", "+", "%", "_", "\\d", "", "\n", "😀", "а", "İ", "[", "é"]

    def ask(frame: Any, d: Dialect) -> Any:
        text = d.col("value")
        asked = {f"has {sign!r}": text.str.contains(sign, literal=True) for sign in signs}
        asked |= {f"starts {sign!r}": text.str.starts_with(sign) for sign in signs}
        asked |= {f"ends {sign!r}": text.str.ends_with(sign) for sign in signs}
        lower, upper = text.str.to_lowercase(), text.str.to_uppercase()
        return frame.select("place", lower=lower, upper=upper, less=text < "a", part=text.str.slice(0, 2), **asked)

    agree(spark, column(TEXTS), ask)
    values = column(TEXTS)
    ends = agree(spark, values, lambda frame, d: frame.select(most=d.col("value").max(), least=d.col("value").min()))
    assert ends.rows() == [("😀", "")]


def test_patterns(spark: SparkSession) -> None:
    said = {pattern: portable_pattern(pattern, "value") for pattern in PATTERNS}

    def ask(frame: Any, d: Dialect) -> Any:
        return frame.select(
            "place", **{f"p{place}": d.col("value").str.contains(each) for place, each in enumerate(said.values())}
        )

    found = agree(spark, column(TEXTS), ask)
    assert all(found[f"p{place}"].sum() for place in range(len(PATTERNS)))


def test_the_engines_differ_where_the_dialect_says_so(spark: SparkSession) -> None:
    """When one of these agrees, the dialect may forget about it."""
    numbers = column([" 12 ", "1d"])
    here, there = both(spark, numbers, lambda frame, d: frame.select(_plain_cast(d)))
    assert here["value"].to_list() == [None, None]
    assert there["value"].to_list() == [1, 12]
    cents = column([35] * 100, pl.Int64)
    here, there = both(spark, cents, lambda frame, d: frame.select(d.col("value") / 100))
    assert (here.item(0, 0), there.item(0, 0)) == (0.35000000000000003, 0.35)
    with pytest.raises(Exception, match="DATATYPE_MISMATCH"):
        both(spark, EVENTS, lambda frame, d: frame.group_by("subject").agg(d.col("yes").sum()))


def _plain_cast(d: Dialect) -> Any:
    return d.col("value").cast(pl.Float64, strict=False) if d.x is pl else d.col("value").cast(d.x.Float64)


@pytest.mark.parametrize("pattern", ONLY_ONE_KNOWS)
def test_a_pattern_that_only_one_engine_knows_is_refused(pattern: str) -> None:
    with pytest.raises(Malformed, match="The pattern") as refused:
        portable_pattern(pattern, "all[0].value")
    assert refused.value.path == "all[0].value"
