"""What a campaign may say, and the place of every mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hourglass.audience import SEGMENT as AUDIENCE
from hourglass.campaigns import CAMPAIGN, read_campaign
from hourglass.definitions import Kinds, apply_folder, diff_folder, put
from hourglass.kernel import Malformed
from hourglass.messages import TEMPLATE
from hourglass.postgres import Database
from tests.campaigns.desk import LETTER
from tests.messages.shop import HELLO, NOW, SHOP

SEGMENT = {"kind": "segment", "when": {"event": "Signed Up"}}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"colour": "red"}, "colour"),
        ({"segment": None}, "segment"),
        ({"when": {"trait": "city", "op": "exists"}}, "segment"),
        ({"segment": None, "when": {"trait": "city", "op": "equal"}}, "when.op"),
        ({"channel": ""}, "channel"),
        ({"template": 7}, "template"),
        ({"class": "both"}, "class"),
        ({"control": 60}, "control"),
        ({"control": True}, "control"),
        ({"control": "half"}, "control"),
        ({"schedule": "soon"}, "schedule"),
        ({"schedule": {"at": "on Monday"}}, "schedule.at"),
        ({"schedule": {"at": "2026-03-02T10:00+03:00", "local": True}}, "schedule.at"),
        ({"schedule": {"local": True}}, "schedule"),
        ({"schedule": {"at": "2026-03-02T10:00", "passed": "next_day"}}, "schedule.passed"),
        ({"schedule": {"every": "fortnight"}}, "schedule.every"),
        ({"schedule": {"every": "week", "on": "someday"}}, "schedule.on"),
        ({"schedule": {"every": "FREQ=WEEKLY;COUNT=3"}}, "schedule.every"),
        ({"schedule": {"every": "day", "count": 0}}, "schedule.count"),
        ({"schedule": {"every": "day", "until": "soon"}}, "schedule.until"),
        ({"schedule": {"every": "day", "grace": "a while"}}, "schedule.grace"),
        ({"variants": [{"name": "a"}]}, "variants"),
        ({"variants": [{"name": "a"}, {"name": "a"}]}, "variants[1].name"),
        ({"variants": [{"weight": 0}, {}]}, "variants[0].weight"),
        ({"variants": [{}, {"colour": "red"}]}, "variants[1].colour"),
        ({"variants": [{}, {"subject": {"en": ""}}]}, "variants[1].subject"),
        ({"variants": [{}, {"from": {"address": "nobody"}}]}, "variants[1].from"),
        ({"variants": [{}, {"send_at": "noon"}]}, "variants[1].send_at"),
        ({"test": {"share": 20, "for": "4h"}}, "test"),
        ({"variants": [{}, {}], "test": {"share": 20}}, "test.for"),
        ({"variants": [{}, {}], "test": {"share": 99, "for": "4h"}}, "test.share"),
        ({"variants": [{}, {}], "test": {"for": "4h", "winner_by": "luck"}}, "test.winner_by"),
        ({"variants": [{}, {}], "test": {"for": "4h", "fallback": "z"}}, "test.fallback"),
        ({"variants": [{}, {}], "test": {"for": "4h", "until": "noon"}}, "test.until"),
    ],
)
def test_a_mistake_has_its_place(changes: dict[str, Any], path: str) -> None:
    document = {name: value for name, value in {**LETTER, **changes}.items() if value is not None}
    with pytest.raises(Malformed) as error:
        read_campaign(document)
    assert error.value.path == path


def test_a_folder_that_brings_its_segment_along_leaves_no_doubt(database: Database, tmp_path: Path) -> None:
    for name, document in (("a.json", {**LETTER, "segment": "new"}), ("b.json", {**SEGMENT, "key": "new"})):
        (tmp_path / name).write_text(json.dumps({"state": "live", **document}))
    kinds = Kinds([CAMPAIGN, AUDIENCE, TEMPLATE])
    with database.transaction() as tx:
        put(tx, SHOP, {**HELLO, "key": str(LETTER["template"])}, kinds=kinds, author="test", now=NOW)
        before = {change.key: change.doubts for change in diff_folder(tx, SHOP, tmp_path, kinds)}
        after = {change.key: change.doubts for change in apply_folder(tx, SHOP, tmp_path, kinds, "git", NOW)}
    assert before[str(LETTER["key"])] != []
    assert after[str(LETTER["key"])] == []
