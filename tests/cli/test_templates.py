"""`hourglass templates`, each command once, on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.messages.templates import TEMPLATES
from hourglass.postgres import Database
from tests.cli.conftest import Say, Speak
from tests.messages.shop import NOW, Shop

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
def say(speak: Speak) -> Say:
    return speak(TEMPLATES)


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
    both = tmp_path / "both.html"
    say("preview", "win-back", "--page", both, "--lang", "ru")
    assert "На телефоне" in both.read_text("utf-8")
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
