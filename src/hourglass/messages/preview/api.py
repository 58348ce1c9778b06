"""Templates over HTTP: preview, checks, test messages."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from hourglass.definitions import Kinds, find, list_all, put
from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.messages.content.template import read
from hourglass.messages.letters.language import spoken
from hourglass.messages.preview.checks import Findings, findings
from hourglass.messages.preview.page import preview_page
from hourglass.messages.preview.preview import TemplatePreview, Wish, preview
from hourglass.messages.preview.trial import Trial, send_trial
from hourglass.messages.starters.catalogue import Starter, starter_documents, starters
from hourglass.postgres import Transaction

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src https: http: data:; font-src https:; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class TrialWish(Wish, frozen=True, kw_only=True):
    """A preview to be sent: `to` are the addresses, five at most."""

    to: list[str]


class Added(Struct, frozen=True, kw_only=True):
    """A document of a starter; not new: it stood there before."""

    kind: str
    key: str
    new: bool


class TemplatesController(Controller):
    """`/api/templates`."""

    path = "/api/templates"
    tags = ("templates",)

    @post("/preview", needs=Permission.LOOK, sync_to_thread=True, status_code=200)
    def preview(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        data: JSONBody[Wish],
    ) -> TemplatePreview:
        """A template or a document as somebody would get it, with what is missing in it."""
        return preview(tx, workspace, data, settings.base_url(), clock.now()).preview

    @get("/{key:str}/preview.html", needs=Permission.LOOK, media_type="text/html", sync_to_thread=True)
    def page(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        key: FromPath[str],
        email: FromQuery[str | None] = None,
        locale: FromQuery[str | None] = None,
        lang: FromQuery[str | None] = None,
    ) -> Response[str]:
        """The same as a page for the browser: on a phone and on a computer; `lang` is the language of its words."""
        wish = Wish(template=key, email=email, locale=locale)
        seen = preview(tx, workspace, wish, settings.base_url(), clock.now()).preview
        text = preview_page(seen, find(tx, workspace.id, "template", key).name, spoken(lang or workspace.locale))
        return Response(text, media_type="text/html", headers=_HEADERS)

    @post("/lint", needs=Permission.LOOK, sync_to_thread=True, status_code=200)
    def lint(self, tx: Given[Transaction], workspace: Given[Workspace], data: JSONBody[Wish]) -> Findings:
        """Size, words, pictures, colours and links of a template or a document, in all its languages."""
        body = data.document or find(tx, workspace.id, "template", data.template or "").body
        template = read({"kind": "template", "key": "preview", **body})
        return findings(tx, workspace, data, template)

    @post("/test", needs=Permission.DEFINE, sync_to_thread=True, status_code=200)
    def test(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        data: JSONBody[TrialWish],
    ) -> Trial:
        """Send it, marked as a test, to the addresses named; it counts nowhere."""
        told = asdict(data)
        to = told.pop("to")
        return send_trial(tx, workspace, Wish(**told), to, settings, clock.now())

    @get("/starters", needs=Permission.LOOK, sync_to_thread=True)
    def starters(self) -> list[Starter]:
        """The starters that come along."""
        return starters()

    @post("/starters/{key:str}", needs=Permission.DEFINE, sync_to_thread=True, status_code=200)
    def add(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        kinds: Given[Kinds],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
    ) -> list[Added]:
        """Add a starter with the snippets it shares; what stands already is left as it is."""
        standing = {(one.kind, one.key) for one in list_all(tx, workspace.id)}
        answer: list[Added] = []
        for document in starter_documents([key]):
            new = (document["kind"], document["key"]) not in standing
            if new:
                put(tx, workspace.id, document, kinds=kinds, author=actor_name, now=clock.now())
            answer.append(Added(kind=document["kind"], key=document["key"], new=new))
        return answer
