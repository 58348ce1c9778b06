"""`hourglass templates`, each command once, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from hourglass.cli.templates import TEMPLATES
from hourglass.postgres import Database
from tests.messages.shop import NOW, Shop

Say = Callable[..., str]


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
def say(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Say:
    """Run a command; what it printed, complaints included."""
    monkeypatch.setenv("HOURGLASS_DATABASE_URL", shop.database.url)
    monkeypatch.setenv("HOURGLASS_DATA", str(tmp_path))

    def said(*words: object, code: int = 0) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) if code else nullcontext() as ended:
            TEMPLATES([str(word) for word in words], result_action="return_value", exit_on_error=False)
        assert ended is None or ended.value.code == code
        told = capsys.readouterr()
        return told.out + told.err

    return said


def test_starters_are_listed_and_added_once(say: Say) -> None:
    assert "welcome                  starter   Welcome / Добро пожаловать" in say("list")
    told = say("add", "welcome")
    assert "+ template/welcome" in told
    assert "+ snippet/starter-footer" in told
    assert "= template/welcome" in say("add", "welcome")
    listed = say("list")
    assert "welcome                  live      Welcome" in listed
    assert "hello                    live" in listed
    assert "There is no starter “nope”" in say("add", "nope", code=1)


def test_a_template_is_seen_as_a_person(say: Say, shop: Shop, tmp_path: Path) -> None:
    anna = shop.person(firstName="Anna <3")
    shop.run(
        "INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at)"
        " VALUES (1, 'email', 'anna@customers.example', %(id)s, %(now)s)", id=anna, now=NOW,
    )  # fmt: skip
    say("add", "win-back")
    page = tmp_path / "page.html"
    told = say("preview", "win-back", "--as", "anna@customers.example", "--out", page)
    assert "It’s been a while, Anna <3" in told
    assert "leads nowhere" in told
    assert "Hello Anna &lt;3," in page.read_text("utf-8")
    assert "Анна" in say("preview", "win-back", "--locale", "ru")
    assert "Nobody here has the address" in say("preview", "win-back", "--as", "x@y.example", code=1)


def test_checks_end_with_one_when_something_was_found(say: Say, shop: Shop) -> None:
    shop.template({"key": "odd", "subject": "ACT NOW TODAY", "html": "<p>Hi</p>"})
    told = say("lint", "odd", code=1)
    assert "en: The subject is all capitals." in told
    assert "en: Words in the subject that spam filters distrust: “act now”." in told


def test_files_are_kept(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "Guide.PDF"
    file.write_bytes(b"%PDF-1.7")
    assert say("add-file", file) == "guide.pdf: 8 bytes\n"
    assert "guide.pdf" in say("files")


def test_a_trial_without_a_provider_says_what_is_missing(say: Say) -> None:
    assert "No provider for e-mail is set up" in say("test", "hello", "me@desk.example", code=1)
