"""The demo shop opens: its documents, starters and recipes are taken, fit together, and wait for what happens in it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from hourglass.app import KINDS
from hourglass.definitions import list_all
from hourglass.demo.shop import RECIPES, SHOP, open_shop, send_letter
from hourglass.demo.store import furnish
from hourglass.demo.story import Story
from hourglass.kernel import Workspace
from hourglass.postgres import Database, find_workspace
from tests.messages.shop import NOW

PAPERS = {path.relative_to(SHOP): yaml.safe_load(path.read_text("utf-8")) for path in sorted(SHOP.rglob("*.yaml"))}


def test_each_document_lies_where_export_would_write_it() -> None:
    assert {str(path) for path in PAPERS} == {f"{paper['kind']}/{paper['key']}.yaml" for paper in PAPERS.values()}


@pytest.fixture
def documents(database: Database) -> dict[str, dict[str, Any]]:
    """By kind and key, as the shop opened with them."""
    with database.transaction() as tx:
        workspace: Workspace = find_workspace(tx)
        furnish(tx, workspace.id)
        open_shop(tx, find_workspace(tx), KINDS, NOW)
        found = list_all(tx, workspace.id)
    assert all(one.state == "live" for one in found)
    kinds: dict[str, dict[str, Any]] = {}
    for one in found:
        kinds.setdefault(one.kind, {})[one.key] = one.body
    return kinds


def test_the_shop_opens_with_everything_that_its_journeys_send_and_speak_of(
    documents: dict[str, dict[str, Any]], story: Story
) -> None:
    journeys = documents["journey"]
    assert set(journeys) == {*RECIPES, "big-order"}
    assert {one["template"] for one in documents["campaign"].values()} <= set(documents["template"])
    assert {one["segment"] for one in documents["campaign"].values()} <= set(documents["segment"])
    sent = {send["template"] for journey in journeys.values() for send in _under(journey, "send")}
    assert sent
    assert sent <= set(documents["template"])
    happens = {story.told(moment).get("event") for moment in (*story.history[-5000:], *story.live)}
    waited_for = {one["event"] for journey in journeys.values() for one in [journey["entry"]] if "event" in one}
    assert waited_for
    assert waited_for <= happens
    topics = {journey.get("topic", "news") for journey in journeys.values() if journey.get("class") != "transactional"}
    assert topics <= set(documents["topic"])


def test_the_letter_to_all_goes_out_once(database: Database) -> None:
    with database.transaction() as tx:
        open_shop(tx, find_workspace(tx), KINDS, NOW)
        assert [send_letter(tx, find_workspace(tx), NOW) for _ in range(2)] == [True, False]


def _under(value: Any, word: str) -> list[Any]:
    """Whatever stands under a word, however deep."""
    if isinstance(value, list):
        return [one for each in value for one in _under(each, word)]
    if not isinstance(value, dict):
        return []
    own = [value[word]] if word in value else []
    return [*own, *(one for each in value.values() for one in _under(each, word))]
