"""Every family of computed traits, and every ready-made segment, gives the same answer on a cluster as on Polars.

One shop has it all: a real year (UCI Online Retail, Daqing Chen, CC BY 4.0, as the demo ships it), visits to an
electronics shop, made up with the quirks of the REES46 data (which may not be shipped: categories missing in a third of
the rows, brands in a seventh, prices of nothing, the same row twice, several purchases in a session that are one
order), and orders that are changed, given back and cancelled at random, with messages.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw
import polars as pl
import pytest

from hourglass.audience import compile_conditions, parse_condition
from hourglass.audience.build import Cluster, Lake, answer_all
from hourglass.audience.computed import FAMILIES, ready_segments
from hourglass.audience.computed.family import Family
from hourglass.audience.computed.gather import Gathering
from hourglass.audience.computed.lifecycle import interval
from hourglass.audience.computed.orders import lines_of, standing
from hourglass.audience.computed.sources import DAY, Circumstances, Sources
from hourglass.audience.computed.table import as_columns, documents
from hourglass.commerce import LIFE
from hourglass.lake import EVENT_COLUMNS, NARWHALS, look
from hourglass.postgres import Database
from tests.audience.computed.frames import ORDER_EVENTS, table
from tests.audience.computed.retail import AT, cleaned, order_events
from tests.audience.computed.shop import Shop
from tests.spark.agreement import collected, in_order, on_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BRANDS, CATEGORIES = ("samsung", "apple", "xiaomi", "Ärmel", "бренд"), ("phones", "tv", "kettles", "часы")
EVERY = 8
"""Of the real customers, one in so many: the cluster of this machine is a small one."""

NOBODY_MOVED = pl.DataFrame(schema={"identity_id": pl.Int64, "profile_id": pl.Int64})


class Both(NamedTuple):
    """The same frames on this machine and on the cluster."""

    here: Sources
    there: Sources
    circumstances: Circumstances


@pytest.fixture
def both(spark: SparkSession, database: Database, tmp_path: Path) -> Both:
    shop = Shop(database, tmp_path / "data")
    shop.settle("Europe/London", "GBP")
    real = cleaned().filter(pl.col("customer") % EVERY == 0)
    shop.people(real["customer"].unique().to_list())
    shop.people(range(1, 161))
    shop.people(range(161, 201), known=False)
    shop.keep(pl.concat([order_events(real), made_up(Random(7))]))
    sources, circumstances = Gathering(database, shop.data, shop.workspace(), AT, tmp_path).sources()
    frames = {name: getattr(sources, name).collect("polars").to_native() for name in Sources.__struct_fields__}
    return Both(
        Sources(**{name: nw.from_native(frame.lazy()) for name, frame in frames.items()}),
        Sources(**{name: on_spark(spark, frame) for name, frame in frames.items()}),
        circumstances,
    )


def made_up(draw: Random) -> pl.DataFrame:
    """A month of visits and orders, and messages about them."""
    rows = [row for person in range(1, 201) for row in visits(person, draw)]
    return pl.DataFrame(rows, schema=EVENT_COLUMNS)


def visits(person: int, draw: Random) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for session in range(draw.randint(0, 6)):
        at = AT - timedelta(days=draw.choice((1, 3, 20, 29, 30, 31, 89, 200)), seconds=draw.randrange(90_000))
        seen = [product(draw) for _ in range(draw.randint(1, 5))]
        rows += [event(person, "Product Viewed", at, draw, one) for one in seen]
        order = {"order_id": f"{person}-{session}", "products": draw.choices(seen, k=draw.randint(1, 3))}
        if draw.random() < 0.5:
            bought = event(person, "Order Completed", at, draw, order | draw.choice(({}, {}, {"coupon": "SPRING"})))
            rows += [bought, *([event(person, draw.choice(tuple(LIFE)), at, draw, order)] if session % 3 == 0 else [])]
        told = {"channel": draw.choice(("email", "sms")), "message_id": f"{person}-{session % 4}"}
        rows += [event(person, f"Message {what}", at, draw, told) for what in ("Sent", draw.choice(("Opened", "Sent")))]
        rows += [event(person, "Product Shared", at, draw, {})] if draw.random() < 0.1 else []
    return [*rows, *rows[:1]]


def product(draw: Random) -> dict[str, Any]:
    number = draw.randrange(40)
    found: dict[str, Any] = {"product_id": f"p{number}", "price": draw.choice((0, 9.99, number + 0.5, number + 1))}
    found |= {"category": CATEGORIES[number % 4]} if draw.random() < 0.67 else {}
    found |= {"brand": BRANDS[number % 5]} if draw.random() < 0.86 else {}
    return found | ({"quantity": draw.randint(1, 4)} if draw.random() < 0.5 else {})


def event(person: int, name: str, at: datetime, draw: Random, properties: dict[str, Any]) -> dict[str, Any]:
    revenue = draw.choice((None, 1999, 4950)) if name in LIFE else None
    return {
        "workspace_id": 1, "profile_id": person, "identity_id": person, "event": name, "kind": "track",
        "message_id": f"{person}-{draw.randrange(10**12)}", "at": at + timedelta(seconds=draw.randrange(3600)),
        "received_at": AT, "order_id": properties.get("order_id"), "category": properties.get("category"),
        "revenue": revenue, "currency": draw.choice(("GBP", "GBP", "EUR")), "properties": json.dumps(properties),
        "traits": "{}", "context": "{}", "historical": False,
    }  # fmt: skip


def answers(family: Family, of: Both) -> tuple[pl.DataFrame, pl.DataFrame]:
    here = family.compute(of.here, of.circumstances).collect("polars").to_native()
    there = collected(family.compute(of.there, of.circumstances).to_native())
    return here.sort("profile_id"), there.select(here.columns).sort("profile_id")


def test_families_and_ready_made_segments_agree(
    spark: SparkSession, database: Database, both: Both, tmp_path: Path
) -> None:
    workspace = Shop(database, Path()).workspace()
    people = both.here.people.collect("polars").to_native().select(subject="profile_id")
    for family in FAMILIES:
        here, there = answers(family, both)
        faults = [name for name in here.columns if not there[name].cast(here.schema[name]).equals(here[name])]
        assert not faults, f"{family.name}: {faults}\n{here.select(faults)}\n{there.select(faults)}"
        assert here.height > 500, family.name
        if family.learn is None:
            columns = as_columns(family, both.circumstances, workspace.currency)
            values = here.rename({column.name: column.trait for column in columns})
            people = people.join(texts(documents(values, columns)), on="subject", how="left")
    lake = Lake(picture=look(database, tmp_path / "data"), workspace=workspace, identities=NOBODY_MOVED)
    ready_made_agree(spark, people, lake)


def ready_made_agree(spark: SparkSession, people: pl.DataFrame, lake: Lake) -> None:
    segments = {ready.key: parse_condition(ready.document("en")["when"]) for ready in ready_segments()}
    compiled = compile_conditions(segments, lake.workspace)
    missing = [pl.lit(None, pl.String).alias(name) for name in compiled.needs.people - set(people.columns)]
    people = people.with_columns(missing)
    here = answer_all(compiled, people, lake, AT)
    assert sum(0 < here[key].sum() < here.height for key in segments) > 20
    assert answer_all(compiled, people, lake, AT, elsewhere=Cluster(spark)).equals(here)
    # Those about traits alone would not need the cluster, but it says the same.
    keys = {key: f"s{place}" for place, key in enumerate(segments) if not compiled.part([key]).needs.events}
    plain = compiled.part(keys).renamed(keys)
    known = on_spark(spark, people.select("subject", *sorted(plain.needs.people)))
    there = collected(plain.answer(known, {}, AT, d=NARWHALS).to_native()).sort("subject")
    assert [key for key, name in keys.items() if not there[name].equals(here[key])] == []


def test_orders_stand_alike(spark: SparkSession) -> None:
    draw = Random(3)
    rows: list[dict[str, Any]] = []
    for number in range(900):
        name, order, revenue = draw.choice(tuple(LIFE)), draw.randrange(250), draw.choice((None, 0, 500, 900))
        telling = name in {"Order Completed", "Order Updated"} and revenue is not None
        at = 20_000 * DAY - draw.randrange(400) * DAY // 24
        rows.append({
            "profile_id": order % 7, "order_id": f"o{order}", "event": name, "message_id": f"m{number:03}", "at": at,
            "day": at // DAY, "revenue": revenue, "currency": draw.choice(("EUR", "EUR", "USD", None)), "told": telling,
            "lines": draw.choice((0, 2)),
        })  # fmt: skip
    told = table(ORDER_EVENTS, rows)
    lines = told.filter(pl.col("lines") > 0).select("message_id", product_id="order_id")
    found = []
    for put in (lambda frame: nw.from_native(frame.lazy()), lambda frame: on_spark(spark, frame)):
        events = put(told)
        orders = standing(events, "EUR")
        found.append(
            [in_order(one.collect("polars").to_native()) for one in (orders, lines_of(put(lines), events, orders))]
        )
    for here, there in zip(*found, strict=True):
        assert here.height > 50
        assert there.select(here.columns).rows() == here.rows()


def test_a_typical_interval_of_eight_days_and_a_half_is_nine_days(spark: SparkSession) -> None:
    buyers = pl.DataFrame({"orders": [3] * 20, "first": [0] * 20, "last": [17 * DAY] * 20})
    for put in (lambda frame: nw.from_native(frame.lazy()), lambda frame: on_spark(spark, frame)):
        assert interval(put(buyers)).collect("polars").to_native().item() == 9


def texts(told: pl.DataFrame) -> pl.DataFrame:
    """The traits as conditions read them: each a text."""
    rows = [(person, json.loads(traits)) for person, traits in told.select("profile_id", "traits").rows()]
    names = sorted({name for _, own in rows for name in own})
    columns = {f"trait:{name}": pl.Series([_text(own.get(name)) for _, own in rows], dtype=pl.String) for name in names}
    return pl.DataFrame({"subject": [person for person, _ in rows], **columns})


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)
