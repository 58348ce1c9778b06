"""The page of a backtest and of a report: one file, in two languages, nothing of it from elsewhere."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

from hourglass.postgres import find_workspace
from hourglass.reports import backtest_page, journey_flow, journey_page, report_lines
from tests.engine.shop import SHOP, START, TEMPLATE

HOUR = timedelta(hours=1)
CART = {
    "kind": "journey",
    "key": "cart",
    "name": "Left <b>carts</b>",
    "entry": {"event": "Product Added"},
    "goal": {"event": "Order Completed"},
    "steps": [
        {"branch": [{"when": {"trait": "vip", "op": "is_true"}, "do": [{"exit": "vip"}]}]},
        {"send": {"channel": "email", "template": "hello"}},
        {"wait": "1h"},
    ],
}


class Checker(HTMLParser):
    """Every tag is closed by its own."""

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        assert not {"src", "href", "onclick"} & {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def read(page):
    checker = Checker()
    checker.feed(page)
    assert checker.open == []
    assert "http" not in page
    return " ".join(checker.texts)


def a_day(lived):
    lived.define(TEMPLATE)
    lived.say(
        START, {"type": "identify", "userId": "anna", "traits": {"email": "anna@example.com", "name": "Anna & Co"}}
    )
    lived.say(START + HOUR, {"userId": "anna", "event": "Product Added", "properties": {}})
    lived.say(START + HOUR, {"type": "identify", "userId": "boris", "traits": {"vip": True}})
    lived.say(START + 2 * HOUR, {"userId": "boris", "event": "Product Added", "properties": {}})


def test_the_page_of_a_backtest(lived):
    a_day(lived)
    found = lived.backtest(CART, START, START + 24 * HOUR)
    with lived.database.transaction() as tx:
        workspace = find_workspace(tx, SHOP)
    english, russian = (read(backtest_page(found, workspace, language)) for language in ("en", "ru"))
    for words in ("Left <b>carts</b>", "Anna & Co", "2 came", "1 withheld", "there is no consent for this topic"):
        assert words in english
    for words in ("пришли: 2", "Отправить", "нет согласия на эту тему", "1\u00a0ч", "vip — да: 1"):
        assert words in russian


def test_the_page_of_a_report_tells_the_same_numbers(lived):
    lived.define(CART)
    a_day(lived)
    with lived.database.transaction() as tx:
        page = journey_page(tx, find_workspace(tx, SHOP), "cart", lived.clock.now(), "en")
    text = read(page)
    assert all(words in text for words in ("2 came", "1 withheld", "vip"))


def test_a_report_says_first_what_the_journey_added(lived):
    lived.define({**CART, "control": 50})
    a_day(lived)
    with lived.database.transaction() as tx:
        flow = journey_flow(tx, find_workspace(tx, SHOP), "cart", lived.clock.now())
        page = journey_page(tx, find_workspace(tx, SHOP), "cart", lived.clock.now(), "ru")
    assert flow.incremental is not None
    assert flow.incremental.revenue is None
    assert "Too early to say" in flow.incremental.words["en"]
    assert "контрольной группы" in read(page)
    assert report_lines(flow, "en")[1] == flow.incremental.words["en"]
