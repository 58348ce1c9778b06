"""What a template may speak of. A name that nobody has is refused when the template is saved."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches

from hourglass.kernel import Malformed

_BASKET = frozenset({"id", "lines", "value", "currency", "state"})
KNOWN: Mapping[str, frozenset[str] | None] = {
    "profile": None,
    "event": None,
    "steps": None,
    "promo": frozenset({"code", "pool", "expires_at"}),
    "cart": _BASKET,
    "order": _BASKET,
    "shop": frozenset({"name", "currency"}),
    "brand": frozenset(
        {
            "key",
            "name",
            "tagline",
            "url",
            "logo",
            "colors",
            "dark",
            "fonts",
            "address",
            "email",
            "phone",
            "social",
            "from",
            "reply_to",
        }
    ),
    "blocks": None,
    "unsubscribe_url": frozenset(),
    "preferences_url": frozenset(),
    "confirm_url": frozenset(),
    "view_url": frozenset(),
    "now": frozenset(),
    "locale": frozenset(),
    "currency": frozenset(),
    "marketing": frozenset(),
    "_": frozenset(),
}
"""Names, and the fields of those whose fields are fixed; None: whatever the shop has told."""
_OF_ANYTHING = frozenset({"size", "first", "last"})


def check_names(paths: Iterable[tuple[str, ...]], blocks: Container[str], source: str, place: str) -> None:
    """Raise Malformed for the first name that nobody has; `source` is where its line is looked up."""
    for path in sorted(set(paths)):
        root, field = path[0] if path else "", path[1] if len(path) > 1 else None
        if root not in KNOWN:
            raise _unknown(root, root, KNOWN, source, place)
        fields = KNOWN[root]
        if root == "blocks" and field is not None and field not in blocks:
            raise _unknown(f"blocks.{field}", field, (), source, place)
        if field is not None and fields is not None and field not in fields | _OF_ANYTHING:
            raise _unknown(f"{root}.{field}", field, fields, source, place)


def _unknown(full: str, name: str, known: Iterable[str], source: str, place: str) -> Malformed:
    close = get_close_matches(name, [one for one in known if one != "_"], n=1)
    hint = f"; did you mean “{full.removesuffix(name)}{close[0]}”?" if close else "."
    word = re.compile(rf"\b{re.escape(full)}\b")
    line = next((number for number, text in enumerate(source.split("\n"), 1) if word.search(text)), 0)
    where = f"Line {line}: nothing" if line else "Nothing"
    return Malformed(f"{where} here is called “{full}”{hint}", path=place)
