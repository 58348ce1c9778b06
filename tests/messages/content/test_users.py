"""What live content uses cannot be taken away from under it; the refusal names who uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from hourglass.definitions import Kinds, apply_folder
from hourglass.definitions.api import DefinitionsController
from hourglass.kernel import Conflict, FixedClock
from hourglass.messages import BRAND, SNIPPET, TEMPLATE
from hourglass.messages.api import TemplatesController
from hourglass.messages.content.api import AssetsController
from tests.messages.shop import NOW, SHOP, Shop
from tests.web.admin.asking import asking

CONTROLLERS = [DefinitionsController, TemplatesController, AssetsController]


@pytest.fixture
def desk(shop: Shop) -> Iterator[TestClient[Any]]:
    with asking(shop.database, CONTROLLERS, clock=FixedClock(NOW), kinds=Kinds([TEMPLATE, SNIPPET, BRAND])) as client:
        client.put("/api/definitions/snippet/foot", json={"html": "<p>Foot</p>", "text": "Foot"})
        yield client


def save(desk: TestClient[Any], key: str, **more: Any) -> None:
    body = {"subject": "Hi", "html": "<p>Hi</p>", **more}
    answer = desk.put(f"/api/definitions/template/{key}", json=body)
    assert answer.status_code == 200, answer.text


def test_a_snippet_in_use_stays_whatever_is_tried(desk: TestClient[Any]) -> None:
    save(desk, "in-html", html='<p>Hi</p>{%- render "foot" -%}')
    save(desk, "in-russian", locales={"ru": {"html": "<p>Да</p>{% render 'foot' %}"}})
    desk.put("/api/definitions/snippet/outer", json={"html": "{% render 'foot' %}"})
    refused = desk.delete("/api/definitions/snippet/foot")
    assert refused.status_code == 409
    assert refused.json() == {
        "error": "The snippet “foot” is in use by template “in-html”, template “in-russian”, snippet “outer”."
        " Change or archive what uses it first.",
        "used_by": ["template/in-html", "template/in-russian", "snippet/outer"],
    }
    archived = desk.put("/api/definitions/snippet/foot/state", json={"state": "archived"})
    saved = desk.put("/api/definitions/snippet/foot", json={"html": "<p>Foot</p>", "state": "draft"})
    assert (archived.status_code, saved.status_code) == (409, 409)
    assert desk.get("/api/definitions/snippet/foot").json()["state"] == "live"


def test_once_nobody_live_uses_it_it_may_go(desk: TestClient[Any]) -> None:
    save(desk, "one", html="{% render 'foot' %}")
    desk.put("/api/definitions/template/one/state", json={"state": "archived"})
    desk.put("/api/definitions/snippet/foot-two", json={"html": "{% render 'foot-three' %}", "state": "draft"})
    assert desk.delete("/api/definitions/snippet/foot").status_code == 204


def test_a_brand_is_used_by_those_that_name_it_and_the_default_one_by_the_rest(desk: TestClient[Any]) -> None:
    for key in ("default", "kids", "unused"):
        desk.put(f"/api/definitions/brand/{key}", json={"name": key})
    save(desk, "hello")
    save(desk, "toys", brand="kids")
    told = {key: desk.delete(f"/api/definitions/brand/{key}") for key in ("default", "kids", "unused")}
    assert [told[key].status_code for key in told] == [409, 409, 204]
    assert told["default"].json()["used_by"] == ["template/hello"]
    assert told["kids"].json()["used_by"] == ["template/toys"]


def test_a_file_that_templates_carry_stays(desk: TestClient[Any]) -> None:
    for name in ("a.txt", "b.txt"):
        desk.put(f"/api/assets/{name}", content=b"x", headers={"content-type": "text/plain"})
    save(desk, "guide", attachments=[{"asset": "a.txt"}])
    refused = desk.delete("/api/assets/a.txt")
    assert (refused.status_code, refused.json()["used_by"]) == (409, ["template/guide"])
    assert desk.delete("/api/assets/b.txt").status_code == 204


def test_many_users_are_counted(desk: TestClient[Any]) -> None:
    for number in range(7):
        save(desk, f"t{number}", html="{% render 'foot' %}")
    error = desk.delete("/api/definitions/snippet/foot").json()
    assert "template “t4” and 2 more." in error["error"]
    assert len(error["used_by"]) == 7


def test_a_folder_may_put_a_snippet_away_together_with_its_last_use(shop: Shop, tmp_path: Path) -> None:
    kinds = Kinds([TEMPLATE, SNIPPET])

    def apply(snippet: dict[str, Any], template: dict[str, Any]) -> None:
        documents = {"a.json": {"kind": "snippet", "key": "foot", "html": "<p>Foot</p>", **snippet},
                     "b.json": {"kind": "template", "key": "one", "subject": "Hi", **template}}  # fmt: skip
        for name, document in documents.items():
            (tmp_path / name).write_text(json.dumps(document))
        with shop.database.transaction() as tx:
            apply_folder(tx, SHOP, tmp_path, kinds, "git", NOW)

    apply({}, {"html": "{% render 'foot' %}"})
    with pytest.raises(Conflict, match="in use by template “one”"):
        apply({"state": "archived"}, {"html": "{% render 'foot' %}"})
    apply({"state": "archived"}, {"html": "<p>Hi</p>"})
