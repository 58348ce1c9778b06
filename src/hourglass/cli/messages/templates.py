"""`hourglass templates`: starters to begin with, previews, checks and test messages."""

from __future__ import annotations

import getpass
import sys
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from hourglass import messages
from hourglass.app import KINDS, installation_clock
from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import find, list_all, put
from hourglass.kernel import NotFound

TEMPLATES = App(name="templates", help="Templates: starters, previews, checks, test messages.")

Key = Annotated[str, Parameter(help="Key of the template.")]
As = Annotated[str | None, Parameter(name="--as", help="E-mail address of the person; left out: somebody made up.")]
Locale = Annotated[str | None, Parameter(help="Language, like ru or en-GB, instead of the person's own.")]


@TEMPLATES.command(name="list")
def show_all(*, data: DataFolder = None) -> None:
    """The templates there are, and the starters that can be added."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        standing = list_all(tx, workspace.id, "template")
    for one in standing:
        print(f"{one.key:24} {one.state:9} {one.name}")
    taken = {one.key for one in standing}
    for starter in messages.starters():
        if starter.key not in taken:
            print(f"{starter.key:24} {'starter':9} {starter.name} / {starter.name_ru}")


@TEMPLATES.command
def add(*keys: Annotated[str, Parameter(help="Keys of starters; left out: all.")], data: DataFolder = None) -> None:
    """Add starters, with the snippets they share; what stands already is left as it is."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        standing = {(one.kind, one.key) for one in list_all(tx, workspace.id)}
        for document in messages.starter_documents(keys):
            place = (document["kind"], document["key"])
            if place not in standing:
                put(tx, workspace.id, document, kinds=KINDS, author=getpass.getuser(), now=now)
            print(f"{'=' if place in standing else '+'} {'/'.join(place)}")


@TEMPLATES.command
def preview(
    key: Key,
    *,
    person: As = None,
    locale: Locale = None,
    out: Annotated[Path | None, Parameter(help="Write the page here; left out: the plain text is printed.")] = None,
    page: Annotated[Path | None, Parameter(help="Write a page with it on a phone and on a computer here.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """Show a template as somebody would get it, and what is missing in it."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        wish = messages.Wish(template=key, email=person, locale=locale)
        seen = messages.preview(tx, workspace, wish, settings.base_url(), installation_clock(database).now()).preview
        name = find(tx, workspace.id, "template", key).name
    print(f"{seen.subject}\n{seen.preheader}", file=sys.stderr)
    for one in seen.warnings:
        print(f"! {one.words(seen.locale[:2])}", file=sys.stderr)
    if seen.spam is not None:
        print(*seen.spam.lines(seen.locale[:2]), sep="\n", file=sys.stderr)
    if seen.refused:
        print(f"It would not be sent: {seen.refused}", file=sys.stderr)
    if page is not None:
        page.write_text(messages.preview_page(seen, name, language_of(lang, workspace)), encoding="utf-8")
    if out is not None and seen.html is not None:
        out.write_text(seen.html, encoding="utf-8")
    elif page is None:
        print(seen.text)


@TEMPLATES.command
def lint(key: Key, *, lang: Lang = None, data: DataFolder = None) -> None:
    """Look at size, words, pictures, colours, links and spam; exit code 1 when something was found."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        document = find(tx, workspace.id, "template", key).body
        template = messages.read_template(document)
        found = messages.findings(tx, workspace, messages.Wish(document=document), template)
    language = language_of(lang, workspace)
    for score in found.spam:
        print(*score.lines(language), sep="\n", file=sys.stderr)
    for one in found.findings:
        print(f"{one.locale}: {one.words(language)}")
    if found.findings:
        sys.exit(1)


@TEMPLATES.command(name="test")
def send_test(
    key: Key,
    *to: Annotated[str, Parameter(help="One to five addresses.")],
    person: As = None,
    locale: Locale = None,
    data: DataFolder = None,
) -> None:
    """Send a template as a test; it is marked as one and counts nowhere."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        wish = messages.Wish(template=key, email=person, locale=locale)
        now = installation_clock(database).now()
        tried = messages.send_trial(tx, workspace, wish, to, settings, now)
    for one in tried.sent:
        print(f"{one.address}: {'accepted' if one.accepted else 'refused'} {one.detail}")
    if not all(one.accepted for one in tried.sent):
        sys.exit(1)


@TEMPLATES.command(name="files")
def show_files(*, data: DataFolder = None) -> None:
    """The files that templates can attach, or show inside by `cid:` and their key."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in messages.list_assets(tx, workspace.id):
            print(f"{one.key:40} {one.media_type:18} {one.size:>9,}")


@TEMPLATES.command(name="add-file")
def add_file(
    file: Path,
    *,
    key: Annotated[str, Parameter(help="Name inside Hourglass; left out: the file's own in small letters.")] = "",
    data: DataFolder = None,
) -> None:
    """Keep a picture or a document for templates; 5 MB at most."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        if not file.is_file():
            raise NotFound(f"There is no file {file}.")
        kind = guess_type(file.name)[0] or "application/octet-stream"
        now = installation_clock(database).now()
        kept = messages.put_asset(tx, workspace.id, key or file.name.lower(), kind, file.read_bytes(), now)
    print(f"{kept.key}: {kept.size:,} bytes")
