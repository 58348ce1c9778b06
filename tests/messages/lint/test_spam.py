from __future__ import annotations

import pytest

from hourglass.messages.lint.finding import Page
from hourglass.messages.lint.lint import Examined, examine

CALM = "<p>Your order left us this morning. The parcel is with the post and comes on Friday, between ten and noon.</p>"


def looked_at(html: str | None = CALM, subject: str = "Your order is on its way", text: str = "") -> Examined:
    return examine(
        Page(subject=subject, preheader="It comes on Friday.", html=html, text=text, authored="unsubscribe_url")
    )


def rules(html: str | None = CALM, subject: str = "Your order is on its way", text: str = "") -> dict[str, float]:
    return {one.rule: one.points for one in looked_at(html, subject, text).spam.reasons}


def test_a_calm_letter_costs_nothing() -> None:
    assert looked_at().spam.points == 0
    assert rules(None, text="Your order left us this morning.") == {}


@pytest.mark.parametrize(("html", "rule", "points"), [
    ("<p>100% guaranteed results</p>", "guaranteed", 2.7),
    ("<p>Dear friend, good news for you</p>", "dear_friend", 2.6),
    ("<p>Money-back guarantee on all of it</p>", "money_back", 1.2),
    ('<a href="https://93.184.216.34/x">See it</a>', "number_link", 1.2),
    ('<a href="https://bit.ly/x">See it</a>', "short_link", 1.5),
    ('<a href="https://evil.test/x">www.bank.kz</a>', "shown_elsewhere", 1.5),
    ("<p>Hello {{ name }}</p>", "leftover", 1.5),
    ("<p>Hello %FIRST_NAME%, nice to see you</p>", "leftover", 1.5),
    ("<form></form>", "active_content", 1.0),
    ('<img src="a.png" alt="Sale">', "picture_few_words", 1.2),
    ('<img src="a.png">', "no_alt", 0.3),
])  # fmt: skip
def test_what_costs_points_in_the_page(html: str, rule: str, points: float) -> None:
    assert rules(html)[rule] == points


@pytest.mark.parametrize(("subject", "rule"), [
    ("", "no_subject"), ("BUY OUR LAMPS TODAY", "shouting_subject"), ("Купите лампу", "buy_in_subject"),
    ("Sale!! Today", "exclamation"), ("Вы выиграли", "distrusted_subject"),
])  # fmt: skip
def test_what_costs_points_in_the_subject(subject: str, rule: str) -> None:
    assert rule in rules(subject=subject)


@pytest.mark.parametrize("html", [
    '<a href="https://go.shop.kz/t/1">shop.kz</a>',
    '<a href="mailto:us@shop.kz">us@shop.kz</a>',
    '<a href="http://127.0.0.1:8400/u/' + "a" * 34 + '">Unsubscribe</a>',
])  # fmt: skip
def test_honest_links_cost_nothing(html: str) -> None:
    assert rules(CALM + html) == {}


def test_the_points_add_up_and_say_where_they_come_from() -> None:
    found = looked_at("<p>Dear friend, a 100% guaranteed win. Click here.</p>", "ACT NOW AND WIN!!")
    score = found.spam
    assert score.points == round(sum(one.points for one in score.reasons), 1) > score.limit
    assert [one.points for one in score.reasons] == sorted((one.points for one in score.reasons), reverse=True)
    assert {one.rule: one.source for one in score.reasons} | {"dear_friend": "DEAR_FRIEND", "exclamation": "own"} == {
        one.rule: one.source for one in score.reasons
    }
    assert "spam_score" in [one.code for one in found.findings]
    english, russian = score.lines("en"), score.lines("ru")
    assert english[0].startswith("Spam score (en): ")
    assert "начинается с «дорогой друг»" in " ".join(russian)
