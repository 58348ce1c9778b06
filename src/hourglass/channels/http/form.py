"""A form as `multipart/form-data` (RFC 7578): texts go as they are; the other encoding turns each octet by itself."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from msgspec import Struct

_BOUNDARY = f"hourglass-{secrets.token_hex(16)}"  # unknown to whoever wrote the texts, so no text can end its part
FORM_TYPE = f"multipart/form-data; boundary={_BOUNDARY}"


class FormFile(Struct, frozen=True, kw_only=True):
    """A file in a form."""

    field: str
    name: str
    media_type: str
    content: bytes


def form_body(fields: Mapping[str, str], files: Iterable[FormFile] = ()) -> bytes:
    """The body; its Content-Type is FORM_TYPE."""
    parts = [_part(f'name="{_quoted(name)}"', text.encode("utf-8", "replace")) for name, text in fields.items()]
    for one in files:
        head = f'name="{_quoted(one.field)}"; filename="{_quoted(one.name)}"\r\nContent-Type: {_quoted(one.media_type)}'
        parts.append(_part(head, one.content))
    return b"".join((*parts, f"--{_BOUNDARY}--\r\n".encode()))


def _part(head: str, content: bytes) -> bytes:
    return f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


def _quoted(text: str) -> str:
    """As browsers write it: nothing that ends the quotes or the line."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
