"""The files that a template sends along: those it names, and the pictures that its page shows from inside the mail."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from hourglass.channels import Attachment
from hourglass.kernel import Malformed
from hourglass.messages.content.template import Template

MOST = 10 * 1024 * 1024
"""Octets of all files of a message; mail servers refuse more than 20 to 25 MB, of which a third is encoding."""
_NAMED = re.compile(r"\bcid:([\w.-]+)")
_INSIDE = re.compile(r"""(?:src|background)\s*=\s*["']cid:([\w.-]+)["']|url\(\s*['"]?cid:([\w.-]+)""", re.IGNORECASE)


def files_of(template: Template, page: str, assets: Mapping[str, Attachment] | None) -> tuple[Attachment, ...]:
    """Attachments, and pictures named by `cid:` and the key of an asset. Raises Malformed for a missing file."""
    if assets is None:
        return ()
    found: dict[str, Attachment] = {}
    for place, one in enumerate(template.attachments):
        if one.asset not in assets:
            raise Malformed(f"There is no stored file “{one.asset}”.", path=f"attachments[{place}].asset")
        asset = assets[one.asset]
        found[f"attached {one.asset}"] = replace(asset, name=one.name or asset.name)
    for one in _INSIDE.finditer(page):
        key = one[1] or one[2]
        if key not in assets:
            raise Malformed(f"There is no stored picture “{key}”.", path="mjml")
        found[key] = replace(assets[key], content_id=key)
    if sum(len(one.content) for one in found.values()) > MOST:
        raise Malformed(f"The files of a message are {MOST // 1024 // 1024} MB at most together.", path="attachments")
    return tuple(found.values())


def named_files(documents: Iterable[Mapping[str, Any]]) -> set[str]:
    """The keys of all files that documents name, wherever in them."""
    found: set[str] = set()
    for document in documents:
        found |= {one["asset"] for one in document.get("attachments", ()) if isinstance(one.get("asset"), str)}
        found |= set(_NAMED.findall(msgspec.json.encode(document).decode()))
    return found


def shown_inside(page: str, files: tuple[Attachment, ...]) -> str:
    """The page for a browser: pictures that go along in the mail stand in it as data."""
    for one in files:
        if one.content_id is not None:
            data = f"data:{one.media_type};base64,{b64encode(one.content).decode()}"
            page = re.sub(rf"cid:{re.escape(one.content_id)}(?![\w.-])", data, page)
    return page
