"""The pieces of every report: one HTML file with everything in it, no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

_CSS = Path(__file__).with_name("page.css")
Tile = tuple[str, str]
"""What is counted, and how much."""


def frame(over: str, name: str, under: str, parts: Iterable[str], language: str) -> str:
    """The whole file; `parts` are HTML already. `over`: what kind of page it is; `under`: of when and whose."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(name)} · {escape(over)}</title><style>{_CSS.read_text(encoding='utf-8')}</style></head>"
        f'<body><main><p class="over">{escape(over)}</p><h1>{escape(name)}</h1><p class="under">{escape(under)}</p>'
        f"{''.join(parts)}</main></body></html>"
    )


def headline(words: str, *, known: bool = True) -> str:
    """What matters most, in a sentence; or that it is not known."""
    return f'<p class="headline{"" if known else " open"}">{escape(words)}</p>' if words else ""


def note(words: str) -> str:
    """A sentence that explains."""
    return f'<p class="note">{escape(words)}</p>' if words else ""


def tiles(found: Iterable[Tile]) -> str:
    """Numbers beside each other."""
    boxes = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in found)
    return f'<dl class="tiles">{boxes}</dl>'


def section(title: str, inside: str) -> str:
    """Something with a heading."""
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def two(sections: Iterable[str]) -> str:
    """Beside each other where there is room."""
    inside = "".join(sections)
    return f'<div class="two">{inside}</div>' if inside else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "", kind: str = "") -> str:
    """Names first, then numbers; it scrolls by itself where the screen is narrow. `caption`: for who cannot see.

    `kind`: `days` keeps the first column in one line, `cards` makes a card of each row on a phone.
    """
    top = "".join(f'<th scope="col"{_right(i)}>{escape(name)}</th>' for i, name in enumerate(head))
    body = "".join(
        "<tr>" + "".join(_cell(i, name, cell) for i, (name, cell) in enumerate(zip(head, row, strict=True))) + "</tr>"
        for row in rows
    )
    label = f' aria-label="{escape(caption)}"' if caption else ""
    return (
        f'<div class="sheet" role="region" tabindex="0"{label}><table class="{kind}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def counts(rows: Iterable[tuple[str, str]]) -> str:
    """Reasons and how often; a reason takes as many lines as it needs."""
    body = "".join(f'<tr><td>{escape(name)}</td><td class="n">{escape(count)}</td></tr>' for name, count in rows)
    return f"<table>{body}</table>"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """On the shop's clock."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _cell(column: int, name: str, cell: str) -> str:
    """A phone says the name of the column beside each number."""
    return (
        f'<td{_right(column)} data-name="{escape(name)}">{escape(cell)}</td>' if column else f"<td>{escape(cell)}</td>"
    )


def _right(column: int) -> str:
    return ' class="n"' if column else ""
