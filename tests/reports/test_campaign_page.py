"""The report of a campaign as a page: what it added, who got it, what they did, which variant won, how it went."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hourglass.kernel import Conflict, FixedClock
from hourglass.messages import attribute
from hourglass.reports import campaign_page
from hourglass.reports.api import CampaignPageController
from tests.campaigns.conftest import desk, loop
from tests.campaigns.desk import Desk
from tests.campaigns.loop import Loop
from tests.messages.shop import NOW
from tests.reports.test_page import read
from tests.web.admin.asking import asking

__all__ = ["desk", "loop"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def page(desk: Desk, language: str, now: datetime = NOW + 9 * DAY, edition: int | None = None) -> str:
    with desk.database.transaction() as tx:
        attribute(tx, desk.workspace, NOW, now)
        return campaign_page(tx, desk.workspace, "spring", now, language, edition)


def test_it_says_what_came_of_it_in_two_languages(desk: Desk, loop: Loop) -> None:
    anna, boris, clara = (desk.reader(name) for name in ("anna", "boris", "clara"))
    desk.send(name="Spring <b>sale</b>")
    desk.advance()
    desk.run("UPDATE messages SET state = 'withheld', reason = 'no_consent' WHERE profile_id = %(id)s", id=clara)
    desk.hand_over()
    desk.advance()
    loop.hear("Message Clicked", anna, 2 * HOUR, url="shop.example/sale?a=1&b=2")
    loop.hear("Message Opened", boris, 3 * DAY)
    loop.buys(anna, DAY, 1234_56)
    english, russian = (read(page(desk, language)) for language in ("en", "ru"))
    for words in (
        "Spring <b>sale</b>",
        "What it adds is not known",
        "opened · 50.0%",
        "there is no consent for this topic",
        "shop.example/sale?a=1&b=2",
        "1,235\u00a0EUR",
        "Over time",
    ):
        assert words in english
    for words in (
        "Отчёт о рассылке",
        "завершена",
        "открыто · 50,0\u00a0%",
        "нет согласия на эту тему",
        "1\u202f235\u00a0EUR",
    ):
        assert words in russian


def test_beside_a_control_group_what_it_added_stands_first(desk: Desk, loop: Loop) -> None:
    desk.readers_many(500)
    desk.send(control=25)
    desk.advance()
    desk.hand_over()
    desk.advance()
    treated = [row[0] for row in desk.run("SELECT profile_id FROM messages WHERE state = 'sent' ORDER BY 1")]
    control = [row[0] for row in desk.run("SELECT profile_id FROM messages WHERE reason = 'control_group' ORDER BY 1")]
    for person in (*treated[: len(treated) // 2], *control[: len(control) // 4]):
        loop.buys(person, DAY)
    shown = page(desk, "en")
    assert '<p class="headline">It added ' in shown
    assert "The messages add to revenue: that is certain." in read(shown)


def test_the_winner_of_a_test_and_how_far_the_others_are_behind(desk: Desk) -> None:
    desk.readers_many(1600)
    desk.send(variants=[{"name": "a", "subject": "A"}, {"name": "b", "subject": "B"}], test={"share": 50, "for": "4h"})
    desk.advance()
    desk.hand_over()
    desk.run("UPDATE messages SET clicked_at = sent_at + interval '5 min' WHERE step LIKE '%%a' AND id %% 3 = 0")
    desk.advance(NOW + 5 * HOUR)
    text = read(page(desk, "ru", NOW + 5 * HOUR))
    assert "a ✓ победитель" in text
    assert "Победил вариант «a»" in text
    assert "п. п." in text
    assert "отправляется" in text


def test_variants_without_a_test_are_compared_by_what_they_earned(desk: Desk, loop: Loop) -> None:
    desk.readers_many(600)
    desk.send(variants=[{"name": "a", "subject": "A"}, {"name": "b", "subject": "B"}])
    desk.advance()
    desk.hand_over()
    desk.advance()
    for (person,) in desk.run("SELECT profile_id FROM messages WHERE step LIKE '%%b' LIMIT 200"):
        loop.buys(person, DAY, 5000)
    text = read(page(desk, "en", NOW + 20 * DAY))
    assert "revenue a person beside “a”" in text
    assert "“b” adds to revenue" in text


def test_a_campaign_that_nobody_got_yet_and_one_never_sent(desk: Desk) -> None:
    desk.send()
    assert "Nothing has left yet." in read(page(desk, "en", NOW))
    desk.run("DELETE FROM campaign_sends")
    with pytest.raises(Conflict, match="not sent yet"):
        page(desk, "en")


def test_hours_first_then_days_of_the_shop(desk: Desk) -> None:
    desk.reader()
    desk.send()
    desk.advance()
    desk.hand_over()
    assert "2026-03-02 12:00" in page(desk, "en", NOW + HOUR)
    assert "<td>2026-03-02</td>" in page(desk, "en", NOW + 3 * DAY)


def test_a_series_has_a_line_for_each_edition_and_all_of_them(desk: Desk) -> None:
    desk.reader()
    desk.send(schedule={"every": "day", "at": "10:00", "count": 2})
    for day in (1, 2):
        desk.advance(NOW + day * DAY)
        desk.hand_over()
        desk.advance(NOW + day * DAY)
    whole = read(page(desk, "ru"))
    assert "Выпуски" in whole
    assert "всего" in whole
    assert "выпуск 1" in read(page(desk, "ru", edition=1))


def test_the_api_answers_with_the_page_and_it_can_run_nothing(desk: Desk) -> None:
    desk.send(name="Spring")
    with asking(desk.database, [CampaignPageController], clock=FixedClock(NOW)) as client:
        answer = client.get("/api/campaigns/spring/report.html?lang=ru")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert '<html lang="ru">' in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert client.get("/api/campaigns/autumn/report.html").status_code == 404
