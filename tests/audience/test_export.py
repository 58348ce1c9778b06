"""Members as files: what is in them, and what a spreadsheet makes of it."""

from __future__ import annotations

import csv
import json
from datetime import UTC
from io import BytesIO, StringIO
from typing import Any

import polars as pl
import pytest

from hourglass import audience
from hourglass.audience.export.csv_file import shielded
from hourglass.kernel import Malformed, NotFound
from tests.audience.people import a_list, change, known
from tests.engine.shop import SHOP, Shop


@pytest.fixture
def vip(shop: Shop) -> Shop:
    shop.define(a_list())
    known(shop, "anna", name="=HYPERLINK(1)", city="Almaty", tags=["a", "b"], age=30)
    known(shop, "boris", name="Борис; =cmd", phone="+77011234567")
    change(shop, audience.add_to_list, users=["anna", "boris"])
    return shop


def export(shop: Shop, fields: str = "", key: str = "vip", **layout: Any) -> bytes:
    file = BytesIO()
    with shop.database.transaction() as tx:
        audience.export_members(tx, SHOP, key, audience.read_fields(fields), audience.Layout(**layout), file)
    return file.getvalue()


def test_csv_has_the_columns_asked_for_in_their_order(vip: Shop) -> None:
    rows = list(csv.reader(StringIO(export(vip, "user_id,email,phone,traits.city,traits.tags,known").decode())))
    assert rows == [
        ["user_id", "email", "phone", "traits.city", "traits.tags", "known"],
        ["anna", "anna@example.com", "", "Almaty", '["a","b"]', "true"],
        ["boris", "boris@example.com", "+77011234567", "", "", "true"],
    ]


def test_what_a_customer_wrote_never_runs_in_a_spreadsheet(vip: Shop) -> None:
    (_, anna, boris) = csv.reader(StringIO(export(vip, "name,traits.age").decode()))
    assert anna == ["'=HYPERLINK(1)", "30"]
    assert boris == ["Борис; =cmd", ""]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("＝1+1", "'＝1+1"),
        ("a;=cmd()", "a;'=cmd()"),
        ("a\n@x", "a\n'@x"),
        ("+77011234567", "+77011234567"),
        ("-12,5", "-12,5"),
        ("a - b", "a - b"),
        ("1;-2", "1;-2"),
        ("anna@example.com", "anna@example.com"),
    ],
)
def test_formulas_are_shielded_and_numbers_are_not(text: str, safe: str) -> None:
    assert shielded(text) == safe


def test_a_mark_and_semicolons_for_excel(vip: Shop) -> None:
    made = export(vip, "name,user_id", bom=True, delimiter=";")
    assert made.startswith(b"\xef\xbb\xbfname;user_id\r\n")
    assert made.decode("utf-8-sig").splitlines()[2].startswith('"Борис;')


def test_json_lines_keep_the_types(vip: Shop) -> None:
    lines = [
        json.loads(line)
        for line in export(vip, "user_id,traits.age,traits.tags,identifiers", format="jsonl").splitlines()
    ]
    assert lines[0] == {
        "user_id": "anna",
        "traits": {"age": 30, "tags": ["a", "b"]},
        "identifiers": ["user_id:anna", "email:anna@example.com"],
    }
    assert lines[1]["traits"] == {"age": None, "tags": None}


def test_parquet_has_typed_columns(vip: Shop) -> None:
    frame = pl.read_parquet(BytesIO(export(vip, "id,known,entered_at,traits.age,user_id", format="parquet")))
    assert frame.schema == {
        "profile_id": pl.Int64,
        "known": pl.Boolean,
        "entered_at": pl.Datetime("us", "UTC"),
        "traits.age": pl.String,
        "user_id": pl.String,
    }
    assert frame["user_id"].to_list() == ["anna", "boris"]
    assert frame["entered_at"].to_list() == [vip.clock.now().astimezone(UTC)] * 2


@pytest.mark.parametrize("layout", ["csv", "jsonl", "parquet"])
def test_nobody_is_a_file_too(shop: Shop, layout: str) -> None:
    shop.define(a_list())
    made = export(shop, "user_id", format=layout)
    assert made == {"csv": b"user_id\r\n", "jsonl": b""}.get(layout, made)
    if layout == "parquet":
        assert pl.read_parquet(BytesIO(made)).columns == ["user_id"]


def test_wrong_fields_and_segments_are_refused_with_the_place(vip: Shop) -> None:
    with pytest.raises(Malformed) as refused:
        export(vip, "email,No Such")
    assert refused.value.path == "fields"
    with pytest.raises(NotFound):
        export(vip, key="none")
