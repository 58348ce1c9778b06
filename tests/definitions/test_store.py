"""Documents keep their versions, refuse lost updates, and go through git and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from hourglass import definitions
from hourglass.audience import SEGMENT
from hourglass.definitions import Kinds, apply_folder, diff_folder, export_folder
from hourglass.kernel import Conflict, Malformed, NotFound, WorkspaceId

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHOP = WorkspaceId(1)
KINDS = Kinds([SEGMENT])


def segment(key="vip", name="VIP", event="Order Completed"):
    return {"kind": "segment", "key": key, "name": name, "when": {"event": event}}


def put(database, document, **more):
    with database.transaction() as tx:
        return definitions.put(tx, SHOP, document, kinds=KINDS, author="anna", now=NOW, **more)


def test_each_change_is_a_version_and_the_same_again_is_none(database):
    assert put(database, segment()).version == 1
    assert put(database, segment()).version == 1
    assert put(database, segment(name="Best")).version == 2
    with database.transaction() as tx:
        found = definitions.find(tx, SHOP, "segment", "vip")
        versions = definitions.history(tx, SHOP, "segment", "vip")
    assert (found.name, found.version) == ("Best", 2)
    assert [(v.version, v.body["name"], v.author) for v in versions] == [(2, "Best", "anna"), (1, "VIP", "anna")]


def test_whoever_looked_at_an_older_version_is_told(database):
    put(database, segment())
    put(database, segment(name="Best"), expected_version=1)
    with pytest.raises(Conflict) as refused:
        put(database, segment(name="Mine"), expected_version=1)
    assert refused.value.more == {"version": 2}


def test_every_change_moves_the_stamp(database):
    stamps = []
    for document in (segment(), segment(), segment(name="x")):
        put(database, document)
        with database.transaction() as tx:
            stamps.append(definitions.stamp(tx, SHOP))
    assert stamps[0] == stamps[1] < stamps[2]


def test_a_wrong_document_is_not_saved(database):
    with pytest.raises(Malformed) as refused:
        put(database, {**segment(), "when": {"event": "X", "op": "nonsense"}})
    assert refused.value.path == "when.op"
    with pytest.raises(NotFound), database.transaction() as tx:
        definitions.find(tx, SHOP, "segment", "vip")


def test_another_workspace_sees_nothing(database):
    put(database, segment())
    with database.transaction() as tx:
        assert definitions.list_all(tx, WorkspaceId(2)) == []


def test_a_folder_goes_in_and_comes_out_the_same(database, tmp_path):
    folder = tmp_path / "marketing"
    folder.mkdir()
    (folder / "vip.yaml").write_text(
        "kind: segment\nkey: vip\nname: Лучшие\nwhen: {event: Order Completed, since: 2026-01-01}\n"
    )
    with database.transaction() as tx:
        changes = apply_folder(tx, SHOP, folder, KINDS, "git", NOW)
        assert [(change.key, change.action) for change in changes] == [("vip", "create")]
    with database.transaction() as tx:
        export_folder(tx, SHOP, tmp_path / "out")
        assert [change.action for change in diff_folder(tx, SHOP, tmp_path / "out", KINDS)] == ["same"]
        (folder / "vip.yaml").write_text("kind: segment\nkey: vip\nname: VIP\nwhen: {event: Order Completed}\n")
        (change,) = diff_folder(tx, SHOP, folder, KINDS)
    assert change.action == "update"
    told = {line for line in change.diff.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")}
    assert told == {"-name: Лучшие", "+name: VIP", "-  since: '2026-01-01'"}, "in which order fields stand is no change"


def test_one_bad_document_stops_the_whole_folder_and_says_where(database, tmp_path):
    (tmp_path / "a.yaml").write_text("kind: segment\nkey: good\nwhen: {event: X}\n")
    (tmp_path / "b.yaml").write_text("kind: segment\nkey: bad\nwhen: {evnt: X}\n")
    with pytest.raises(Malformed) as refused, database.transaction() as tx:
        apply_folder(tx, SHOP, tmp_path, KINDS, "git", NOW)
    assert refused.value.path == "b.yaml: segment/bad: when"
    with database.transaction() as tx:
        assert definitions.list_all(tx, SHOP) == []


def test_what_is_refused_against_the_others_names_its_document(database, tmp_path):
    (tmp_path / "shop.yaml").write_text(
        "{kind: segment, key: fine, when: {trait: city, op: equals, value: Almaty}}\n---\n"
        "{kind: segment, key: odd, when: {trait: city, op: equals, value: Almaty}}\n",
        encoding="utf-8",
    )

    def refuse(_tx: object, _workspace: object, document: dict[str, object]) -> None:
        if document["key"] == "odd":
            raise Malformed("There is no stored file.", path="attachments[0]")

    picky = Kinds([replace(SEGMENT, against=refuse)])
    with database.transaction() as tx, pytest.raises(Malformed) as told:
        apply_folder(tx, SHOP, tmp_path, picky, "git", NOW)
    assert told.value.path == "shop.yaml: segment/odd: attachments[0]"
