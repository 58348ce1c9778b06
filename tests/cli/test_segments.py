"""`hourglass segments`, each command once, on a real database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from hourglass import audience
from hourglass.cli.audience.segments import SEGMENTS
from hourglass.postgres import Database
from tests.audience.people import WORKSPACE, a_segment, known
from tests.audience.receiver import receiving
from tests.cli.conftest import Say, Speak
from tests.engine.shop import Shop

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def shop(database: Database) -> Iterator[Shop]:
    made = Shop(database)
    made.define(a_segment("all", {"trait": "email", "op": "exists"}))
    known(made, "anna", "boris")
    yield made
    made.worker.close()


@pytest.fixture
def say(speak: Speak) -> Say:
    return speak(SEGMENTS)


def test_a_list_is_imported_looked_at_changed_and_taken_back(shop: Shop, say: Say, tmp_path: Path) -> None:
    file = tmp_path / "клиенты.csv"
    file.write_bytes("Почта;Город\nanna@example.com;Алматы\nnobody@example.com;Астана\n".encode("cp1251"))
    told = say("import", "vip", file, "--new", "Best")
    assert "cp1251: Почта = email" in told
    assert "2 lines: 1 found, 0 new contacts, 1 missed." in told
    assert '"line":3,"reason":"unknown"' in (tmp_path / "клиенты.csv.missed.jsonl").read_text()
    assert shop.members("vip") == {"anna"}
    assert "1 entered, 0 left." in say("add", "vip", "--segment", "all")
    assert "null: This is a placeholder" in say("add", "vip", "--identifier", "user_id=null")
    assert "0 entered, 1 left." in say("remove", "vip", "--identifier", "user_id=anna")
    assert "Taken back: remove 1 identifiers. 1 entered, 0 left." in say("undo", "vip")
    shown = say("show", "vip")
    assert "Best: 2 members" in shown
    assert "import клиенты.csv" in shown
    assert "remove 1 identifiers (taken back)" in shown


def test_sizes_members_growth_and_overlap_are_shown(shop: Shop, say: Say, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("anna\n")
    say("import", "vip", tmp_path / "a.txt", "--new", "VIP")
    with shop.database.transaction() as tx:
        audience.measure_sizes(tx, WORKSPACE, shop.clock.now())
    lines = [line.split() for line in say("list").splitlines()]
    assert [line[:4] for line in lines[1:]] == [["all", "live", "live", "2"], ["vip", "list", "live", "1"]]
    assert "anna@example.com" in say("members", "vip", "--fields", "email")
    assert ["all", "vip", "1", "0.5"] in [line.split() for line in say("overlap", "all", "vip").splitlines()]
    assert "Now: 1" in say("growth", "vip", "--days", 3)
    assert "2 members" in say("show", "all")


def test_members_are_written_to_files_and_posted(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say("export", "all", tmp_path / "all.csv", "--fields", "user_id", "--bom")
    rows = csv.reader((tmp_path / "all.csv").read_text("utf-8-sig").splitlines())
    assert list(rows) == [["user_id"], ["anna"], ["boris"]]
    say("export", "all", tmp_path / "all.parquet")
    assert pl.read_parquet(tmp_path / "all.parquet")["user_id"].to_list() == ["anna", "boris"]
    (tmp_path / "secret").write_text("0123456789abcdef\n")
    monkeypatch.setenv("HOURGLASS_WEBHOOK_PRIVATE", "true")
    with receiving() as receiver:
        say("export", "all", "--webhook", receiver.url, "--secret-file", tmp_path / "secret", "--page", 1)
    assert len(receiver.got) == 2


def test_what_is_wrong_is_said_in_a_sentence(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        say("export", "all")
    assert "Say where to" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        say("add", "all", "--person", 1)
    assert "live segment" in capsys.readouterr().err
