from __future__ import annotations

import asyncio
import email
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest

from hourglass.definitions import Kinds
from hourglass.definitions.api import DefinitionsController
from hourglass.kernel import FixedClock, Malformed, NotFound, Settings, TooLarge
from hourglass.messages.api import AssetsController, TemplatesController
from hourglass.messages.content import assets
from hourglass.messages.content.assets import put_asset, read_asset, remove_asset
from hourglass.messages.preview.kinds import TEMPLATE
from hourglass.messages.preview.preview import Wish
from hourglass.messages.preview.trial import send_trial
from hourglass.postgres import find_workspace
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, Shop, until
from tests.messages.worker import delivering, html, parsed
from tests.web.admin.asking import asking

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PDF = b"%PDF-1.7 guide"
WITH_FILES = {
    "subject": "Files",
    "html": "<p>Look</p><img src='cid:logo.png' alt='Logo'>",
    "attachments": [{"asset": "guide.pdf", "name": "Guide für Anna.pdf"}],
}


def keep(shop: Shop, key: str, media_type: str, content: bytes) -> None:
    with shop.database.transaction() as tx:
        put_asset(tx, SHOP, key, media_type, content, NOW)


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    keep(shop, "logo.png", "image/png", PNG)
    keep(shop, "guide.pdf", "application/pdf", PDF)
    return shop


async def test_files_go_along_with_a_message(stocked: Shop, data: Path, mta: Script) -> None:
    settings = Settings(data=data, smtp_url=f"smtp://127.0.0.1:{mta.port}", mail_from="Shop <shop@s.example>")

    def send() -> None:
        with stocked.database.transaction() as tx:
            send_trial(tx, find_workspace(tx), Wish(document=WITH_FILES), ["me@desk.example"], settings, NOW)

    await asyncio.to_thread(send)
    mail: Any = email.message_from_bytes(mta.mails[0].content, policy=policy.default)  # type: ignore[arg-type]
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    assert parts["image/png"]["Content-ID"] == "<logo.png>"
    assert parts["image/png"].get_content() == PNG
    assert parts["application/pdf"].get_filename() == "Guide für Anna.pdf"
    assert parts["application/pdf"].get_content() == PDF


async def test_files_go_along_with_what_people_get(stocked: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    kinds, settings = Kinds([TEMPLATE]), Settings(data=data)
    with asking(stocked.database, [DefinitionsController], settings=settings, kinds=kinds) as client:
        body = {"kind": "template", "key": "guide", **WITH_FILES}
        assert client.put("/api/definitions/template/guide", json=body).status_code in (200, 201)
    stocked.queue(stocked.person(), template="guide")
    async with delivering(stocked, data, clock, mta.port):
        await until(lambda: stocked.states() == {"sent": 1})
    parts = {part.get_content_type(): part for part in parsed(mta).walk() if not part.is_multipart()}
    assert parts["image/png"]["Content-ID"] == "<logo.png>"
    assert parts["image/png"].get_content_disposition() == "inline"
    assert parts["application/pdf"].get_content_disposition() == "attachment"
    assert parts["application/pdf"].get_payload(decode=True) == PDF
    assert "cid:logo.png" in html(parsed(mta))


def test_a_preview_shows_pictures_of_the_mail_in_the_page(stocked: Shop) -> None:
    kinds = Kinds([TEMPLATE])
    with asking(stocked.database, [TemplatesController], clock=FixedClock(NOW), kinds=kinds) as client:
        seen = client.post("/api/templates/preview", json={"document": WITH_FILES}).json()
    assert "data:image/png;base64,iVBORw0K" in seen["html"]
    assert seen["attachments"] == ["Guide für Anna.pdf"]


def test_a_file_that_is_not_there_is_refused_when_the_template_is_saved(shop: Shop) -> None:
    for change, path in (({"attachments": [{"asset": "x.pdf"}]}, "attachments[0].asset"), ({}, "mjml")):
        with pytest.raises(Malformed) as refused:
            shop.template({"key": "t", **WITH_FILES, "attachments": [], **change})
        assert refused.value.path == path


def test_the_files_of_a_message_have_a_limit_together(shop: Shop) -> None:
    for number in range(3):
        keep(shop, f"f{number}.png", "image/png", PNG + b"0" * 4_000_000)
    files = [{"asset": f"f{number}.png"} for number in range(3)]
    with pytest.raises(Malformed, match="10 MB at most together"):
        shop.template({"key": "t", "subject": "s", "html": "x", "attachments": files})


@pytest.mark.parametrize(("key", "media_type", "content", "path"), [
    ("../x.png", "image/png", PNG, "key"),
    ("X.png", "image/png", PNG, "key"),
    ("x.html", "text/html", b"<script>", "content-type"),
    ("x.svg", "image/svg+xml", b"<svg/>", "content-type"),
    ("x.png", "image/png", b"<script>", "body"),
    ("x.png", "image/png", b"", "body"),
    ("x.txt", "text/plain\r\nX: y", b"x", "content-type"),
])  # fmt: skip
def test_wrong_files_are_refused(shop: Shop, key: str, media_type: str, content: bytes, path: str) -> None:
    with pytest.raises(Malformed) as refused:
        keep(shop, key, media_type, content)
    assert refused.value.path == path


def test_large_files_and_too_many_are_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge):
        keep(shop, "x.txt", "text/plain", b"x" * (assets.LARGEST + 1))
    monkeypatch.setattr(assets, "ALTOGETHER", 100)
    keep(shop, "a.txt", "text/plain", b"x" * 90)
    keep(shop, "a.txt", "text/plain", b"x" * 95)
    with pytest.raises(TooLarge):
        keep(shop, "b.txt", "text/plain", b"x" * 10)


def test_a_replaced_file_is_noticed_by_who_keeps_templates(stocked: Shop) -> None:
    def stamp() -> int:
        return int(stocked.run("SELECT definitions_stamp FROM workspaces")[0][0])

    before = stamp()
    keep(stocked, "logo.png", "image/png", PNG + b"1")
    assert stamp() == before + 1
    with stocked.database.transaction() as tx:
        remove_asset(tx, SHOP, "logo.png")
        with pytest.raises(NotFound):
            read_asset(tx, SHOP, "logo.png")
    assert stamp() == before + 2


def test_files_over_http(shop: Shop) -> None:
    clock = FixedClock(NOW)
    with asking(shop.database, [AssetsController], clock=clock) as client:
        kept = client.put("/api/assets/guide.pdf", content=PDF, headers={"content-type": "application/pdf"})
        assert kept.json()["size"] == len(PDF)
        clock.advance(timedelta(hours=1))
        assert [one["key"] for one in client.get("/api/assets").json()] == ["guide.pdf"]
        answer = client.get("/api/assets/guide.pdf")
        assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert client.delete("/api/assets/guide.pdf").status_code == 204
        assert client.get("/api/assets/guide.pdf").status_code == 404
        wrong = client.put("/api/assets/x.svg", content=b"<svg/>", headers={"content-type": "image/svg+xml"})
        assert (wrong.status_code, wrong.json()["path"]) == (400, "content-type")
