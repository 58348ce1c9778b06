"""A new user's first campaign, from a starter to the report, in both languages: by documents, commands and the API.

Real parts all the way: `hourglass serve`, an SMTP server that takes the mails, a browser in which somebody reads one
and clicks, a mail server that sends one back, a mailbox that unsubscribes by one POST.
"""

from __future__ import annotations

import email
import re
import smtplib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from email import policy
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import yaml
from playwright.sync_api import Browser, Route

from hourglass.cli.main import application
from tests.e2e.browsing import PHONE, meet
from tests.live import Live, free_port
from tests.mailbox import Mail, Mailbox
from tests.messages.returns.letters import DSN
from tests.waiting import until

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
NAMES = {
    "en": {"anna": "Anna", "boris": "Ben", "vera": "Vera", "gleb": "George", "dina": "Dina"},
    "ru": {"anna": "Анна", "boris": "Борис", "vera": "Вера", "gleb": "Глеб", "dina": "Дина"},
}
BRAND = {
    "kind": "brand", "key": "default", "name": "Lamps", "url": "https://shop.example",
    "address": "1 Light Street, London", "email": "hello@shop.example",
    "from": {"name": "Lamps", "address": "news@shop.example"},
}  # fmt: skip


class Town:
    """One installation and everybody around it."""

    def __init__(self, live: Live, mailbox: Mailbox, bounce_port: int, folder: Path) -> None:
        self.live, self.mailbox, self.bounce_port, self.folder = live, mailbox, bounce_port, folder


class Story:
    """What one new user does, and the people they write to, in one language."""

    def __init__(self, town: Town, locale: str) -> None:
        self.town, self.live, self.locale = town, town.live, locale
        self.folder = town.folder / locale
        self.folder.mkdir()
        self.key = f"evenings-{locale}"
        self.segment = {
            "kind": "segment",
            "key": f"readers-{locale}",
            "name": "Readers",
            "when": {"event": self.joined},
        }
        self.campaign = {"kind": "campaign", "key": self.key, "name": "Quiet evenings", "segment": f"readers-{locale}",
                         "channel": "email", "template": "newsletter", "topic": "news"}  # fmt: skip

    @property
    def joined(self) -> str:
        return f"Joined {self.locale}"

    def address(self, name: str) -> str:
        return f"{name}-{self.locale}@example.com"

    def say(self, *words: str) -> str:
        """A command as a person types it; what it answered, on both streams."""
        told, code = StringIO(), None
        with redirect_stdout(told), redirect_stderr(told):
            try:
                application()(
                    [*words, "--data", str(self.live.data)], result_action="return_value", exit_on_error=False
                )
            except SystemExit as ended:
                code = ended.code
        assert not code, told.getvalue()
        return told.getvalue()

    def told(self, *words: str) -> str:
        """The same, where the answer has a language."""
        return self.say(*words, "--lang", self.locale)

    def does(self, name: str, event: str, **properties: Any) -> None:
        """Something that one of the people does in the shop."""
        self._calls({"type": "track", "event": event, "properties": properties}, name)

    def says(self, name: str, **traits: Any) -> None:
        """What one of them says about themselves."""
        self._calls({"type": "identify", "traits": traits}, name)

    def _calls(self, call: dict[str, Any], name: str) -> None:
        whole = {**call, "userId": self.address(name), "messageId": uuid4().hex}
        answer = httpx.post(f"{self.live.url}/v1/batch", json={"batch": [whole]}, auth=(self.live.write_key, ""))
        assert answer.status_code == 200, answer.text

    def apply(self, *documents: dict[str, Any]) -> str:
        for one in documents:
            (self.folder / f"{one['kind']}-{one['key']}.yaml").write_text(yaml.safe_dump(one), "utf-8")
        return self.say("apply", str(self.folder))

    def report(self) -> Any:
        return self.live.ask(f"/api/campaigns/{self.key}/report")

    def mail_to(self, name: str) -> Mail:
        [mail] = [one for one in self.town.mailbox.mails if one.recipient == self.address(name)]
        return mail


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, port = tmp_path_factory.mktemp("town"), free_port()
    with (
        Mailbox() as mailbox,
        Live(folder / "data", smtp_url=mailbox.url, mail_from="Lamps <news@shop.example>", flush_seconds=0.2,
             return_domain="bounce.shop.example", bounce_port=port) as live,
        pytest.MonkeyPatch.context() as patch,
    ):  # fmt: skip
        for name, value in live.settings.items():
            patch.setenv(name, value)
        yield Town(live, mailbox, port, folder)


@pytest.fixture(params=["en", "ru"])
def story(request: pytest.FixtureRequest, town: Town) -> Story:
    return Story(town, request.param)


@pytest.mark.timeout(300)
def test_from_a_starter_to_the_report(browser: Browser, story: Story) -> None:
    people_come(story)
    a_template_is_made_from_a_starter(story, browser)
    the_campaign_goes_out(story)
    anna_reads_and_buys(story, browser)
    boris_has_no_mailbox(story)
    vera_has_had_enough(story)
    the_report_tells_it(story)
    and_why_somebody_got_nothing(story)


def people_come(story: Story) -> None:
    for name, called in NAMES[story.locale].items():
        consents = {} if name == "gleb" else {"email": {"news": True}}
        story.says(name, email=story.address(name), firstName=called, locale=story.locale, consents=consents)
        story.does(name, story.joined)
    assert "1 added" in story.say("suppressions", "add", story.address("dina"), "--reason", "asked by phone")


def a_template_is_made_from_a_starter(story: Story, browser: Browser) -> None:
    assert "newsletter" in story.say("templates", "list")
    assert "template/newsletter" in story.say("templates", "add", "newsletter")
    assert "brand/default" in story.apply(BRAND)
    story.told("templates", "lint", "newsletter")
    page = story.folder / "page.html"
    until(lambda: people_known(story) == 5, 30)
    seen = story.say("templates", "preview", "newsletter", "--as", story.address("anna"), "--out", str(page))
    assert {"en": "Quiet evenings", "ru": "Тихие вечера"}[story.locale] in seen
    with meet(browser, "", size=PHONE, locale=story.locale) as somebody:
        somebody.page.set_content(page.read_text("utf-8"))
        assert somebody.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert somebody.page.get_by_text(
            {"en": "See the collection", "ru": "Посмотреть подборку"}[story.locale]
        ).count()


def people_known(story: Story) -> int:
    return int(story.live.rows("SELECT count(*) FROM profiles WHERE email LIKE %s", f"%-{story.locale}@%")[0][0])


def the_campaign_goes_out(story: Story) -> None:
    assert f"+ campaign/{story.key}" in story.apply(BRAND, story.segment, story.campaign)
    assert {"en": "scheduled", "ru": "запланирована"}[story.locale] in story.told("campaigns", "send", story.key)
    until(lambda: story.live.ask(f"/api/campaigns/{story.key}")["state"] == "finished", 60)
    got = [one.recipient for one in story.town.mailbox.mails if f"-{story.locale}@" in one.recipient]
    assert sorted(got) == [story.address(name) for name in ("anna", "boris", "vera")]


def anna_reads_and_buys(story: Story, browser: Browser) -> None:
    """She opens the mail in a browser and follows the button into the shop.

    Not at once: only machines click within three seconds.
    """
    until(lambda: story.live.rows("SELECT now() - max(sent_at) > interval '4 seconds' FROM messages")[0][0])
    html = body(story.mail_to("anna"), "html")
    context = browser.new_context(user_agent=CHROME, viewport={"width": 375, "height": 812})
    context.route(re.compile("https://shop.example/.*"), the_shop)
    page = context.new_page()
    page.set_content(html, wait_until="networkidle")
    with context.expect_page() as opened:
        page.get_by_text({"en": "See the collection", "ru": "Посмотреть подборку"}[story.locale]).first.click()
    opened.value.wait_for_url(re.compile(r"https://shop\.example/\?.*utm_campaign=newsletter"))
    context.close()
    until(lambda: story.report()["clicked"] == 1, 60)
    story.does("anna", "Order Completed", order_id=f"o-{story.locale}", revenue=40, currency="EUR", products=[])


def the_shop(route: Route) -> None:
    route.fulfill(body="<h1>Lamps</h1>", content_type="text/html")


def boris_has_no_mailbox(story: Story) -> None:
    """A mail server far away took his mail, and sends it back to the return path."""
    mark = story.mail_to("boris").message_id.partition(".")[0]
    letter = DSN.format(mark=mark, action="failed", status="5.1.1", words="550 5.1.1 User unknown")
    with smtplib.SMTP("127.0.0.1", story.town.bounce_port, timeout=20) as server:
        server.sendmail("", f"bounce+{mark}@bounce.shop.example", letter)


def vera_has_had_enough(story: Story) -> None:
    """Her mailbox shows a button, which posts what RFC 8058 says."""
    headers = email.message_from_bytes(story.mail_to("vera").content, policy=policy.default)
    url = re.search(r"<(http[^>]+)>", headers["List-Unsubscribe"])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url is not None
    assert httpx.get(url[1]).status_code == 200
    assert story.report()["unsubscribed"] == 0, "to look at the page is no answer"
    assert httpx.post(url[1], data={"List-Unsubscribe": "One-Click"}).status_code == 200


def the_report_tells_it(story: Story) -> None:
    wanted = {"opened": 1, "clicked": 1, "bounced": 1, "unsubscribed": 1}
    until(
        lambda: {name: story.report()[name] for name in wanted} == wanted and story.report()["sales"][0]["orders"], 60
    )
    told = story.told("campaigns", "report", story.key)
    for line in REPORT[story.locale]:
        assert re.search(line, told), (line, told)


def and_why_somebody_got_nothing(story: Story) -> None:
    for name, sentence in WHY[story.locale].items():
        assert sentence in story.told("why", story.address(name), "--campaign", story.key)


REPORT = {
    "en": [
        r"Quiet evenings: finished, 3 of 5 sent, 0 waiting",
        r"delivered +2 +66\.7%",
        r"opened +1 +33\.3%",
        r"clicked +1",
        r"bounced +1",
        r"unsubscribed +1",
        r"there is no consent for this topic +1",
        r"the address is on the suppression list +1",
        r"1 order, 40\.00 EUR",
    ],
    "ru": [
        r"Quiet evenings: завершена, отправлено 3 из 5, ждут 0",
        r"доставлено +2 +66,7 %",
        r"открыто +1 +33,3 %",
        r"переходы +1",
        r"вернулось +1",
        r"отписались +1",
        r"нет согласия на эту тему +1",
        r"адрес в стоп-листе +1",
        r"1 заказ на 40,00 EUR",
    ],
}
WHY = {
    "en": {
        "gleb": "Not sent: there is no consent for this topic",
        "dina": "the address is on the suppression list (asked by phone)",
        "boris": "Bounced",
        "anna": "Clicked",
    },
    "ru": {
        "gleb": "Не отправлено: нет согласия на эту тему",
        "dina": "адрес в стоп-листе (asked by phone)",
        "boris": "Вернулось",
        "anna": "Есть переход по ссылке",
    },
}


def body(mail: Mail, kind: str) -> str:
    parts = email.message_from_bytes(mail.content, policy=policy.default).walk()
    return next(part.get_content() for part in parts if part.get_content_subtype() == kind)
