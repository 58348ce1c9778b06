"""The development inbox over HTTP. Mails are strangers' HTML: they are shown where they can run nothing."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, delete, get
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, QueryParameter

from hourglass.inbox import store
from hourglass.inbox.mail import MailPage, OpenedMail, html_of, line, opened
from hourglass.kernel import Permission, Workspace
from hourglass.postgres import Transaction

_PAGE = 50
_LAST = 2**63 - 1
_CAGE = {
    "Content-Security-Policy": "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src http: https: data:; style-src 'unsafe-inline' https:; font-src https: data:; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_NO_HTML = "<!doctype html><meta charset=utf-8><p>This mail has no HTML part."


class InboxController(Controller):
    """`/api/inbox`."""

    path = "/api/inbox"
    tags = ("inbox",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def mails(
        self, tx: Given[Transaction], workspace: Given[Workspace], before: Annotated[int, QueryParameter(ge=1)] = _LAST
    ) -> MailPage:
        """The latest mails; `before` is `next` of the page before."""
        del workspace  # asked for, so that only who is signed in may look
        mails = store.page(tx, before, _PAGE)
        return MailPage(mails=[line(mail) for mail in mails], next=str(mails[-1].id) if len(mails) == _PAGE else None)

    @get("/{mail_id:int}", needs=Permission.LOOK, sync_to_thread=True)
    def one(self, tx: Given[Transaction], workspace: Given[Workspace], mail_id: FromPath[int]) -> OpenedMail:
        """One mail with its parts."""
        del workspace
        return opened(store.find(tx, mail_id))

    @get("/{mail_id:int}/html", needs=Permission.LOOK, sync_to_thread=True, include_in_schema=False)
    def page(self, tx: Given[Transaction], workspace: Given[Workspace], mail_id: FromPath[int]) -> Response[str]:
        """The HTML part alone, for a frame: no scripts, no forms, no reach into the admin page."""
        del workspace
        html = html_of(store.find(tx, mail_id))
        return Response(html or _NO_HTML, media_type="text/html", headers=_CAGE)

    @delete("/", needs=Permission.DEFINE, sync_to_thread=True)
    def clear(self, tx: Given[Transaction], workspace: Given[Workspace]) -> None:
        """Throw all mails away."""
        del workspace
        store.clear(tx)
