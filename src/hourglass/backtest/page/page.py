"""One HTML file with everything in it: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from hourglass.backtest.answer import Backtest, Example, Flow, FlowDay, Tally, Words
from hourglass.backtest.page.drawing import draw, step_numbers
from hourglass.backtest.page.text import kind_words, text
from hourglass.backtest.words import number
from hourglass.kernel import Workspace, to_major

_CSS = Path(__file__).with_name("page.css")
_Tile = tuple[str, str]


def backtest_page(found: Backtest, workspace: Workspace, language: str) -> str:
    """What would have been, with people as examples."""
    flow, zone = found.flow, workspace.tz()
    period = f"{_moment(found.since, zone)} – {_moment(found.until, zone)}"
    tiles = [("events", found.events), *_counts(flow, "would")]
    return _page(
        text("backtest", language),
        flow,
        f"{period} · {workspace.name}",
        [(text(name, language), number(count, language)) for name, count in tiles],
        [*_examples(found.examples, zone, language), *_notes(found.notes, language)],
        language,
    )


def report_page(flow: Flow, workspace: Workspace, now: datetime, language: str) -> str:
    """What is; what it added stands first."""
    under = f"{_moment(now, workspace.tz())} · {workspace.name}"
    return _page(text("report", language), flow, under, _tiles(flow, language), (), language, _added(flow, language))


def report_lines(flow: Flow, language: str) -> list[str]:
    """The same numbers, a line each."""
    tiles = [f"{value}  {name}" for name, value in _tiles(flow, language)]
    steps = [
        f"{step.path}  {kind_words(step.kind, language)} {step.summary}: {' · '.join(step_numbers(step, language))}"
        for step in flow.steps
    ]
    return [flow.name, _added(flow, language), *tiles, *steps]


def _tiles(flow: Flow, language: str) -> list[_Tile]:
    tiles = [(text(name, language), number(count, language)) for name, count in _counts(flow, "sent")]
    if flow.income:
        tiles.append((text("orders", language), number(sum(one.orders for one in flow.income), language)))
        sums = (f"{number(to_major(one.revenue, one.currency), language)} {one.currency}" for one in flow.income)
        tiles.append((text("revenue", language), " · ".join(sums)))
    return tiles


def _added(flow: Flow, language: str) -> str:
    return text("no_control", language) if flow.incremental is None else flow.incremental.words[language]


def _page(
    over: str, flow: Flow, under: str, tiles: Sequence[_Tile], rest: Sequence[str], language: str, headline: str = ""
) -> str:
    boxes = "".join(f"<div><b>{escape(value)}</b><span>{escape(name)}</span></div>" for name, value in tiles)
    parts = [
        f'<p class="over">{escape(over)}</p><h1>{escape(flow.name)}</h1><p class="under">{escape(under)}</p>',
        f'<p class="headline">{escape(headline)}</p>' if headline else "",
        f'<div class="tiles">{boxes}</div>',
        f'<h2>{escape(text("graph", language))}</h2><div class="sheet">{draw(flow, language)}</div>',
        f'<div class="steps">{"".join(_steps(flow, language))}</div>',
        "" if flow.entered else f'<p class="note">{escape(text("nobody", language))}</p>',
        f'<div class="two">{"".join(_reasons(flow, language))}</div>',
        *_days(flow.days, language),
        *rest,
    ]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(flow.name)} · {escape(over)}</title><style>{_CSS.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _steps(flow: Flow, language: str) -> Iterator[str]:
    """The same as a list, for narrow screens, where the picture is an overview."""
    for step in flow.steps:
        counts = " · ".join(step_numbers(step, language))
        depth = step.path.count(".")
        yield (
            f'<div style="margin-left:{12 * depth}px"><b>{escape(kind_words(step.kind, language))}</b> '
            f"<span>{escape(step.summary)}</span><br>{escape(counts)}</div>"
        )


def _counts(flow: Flow, sent: str) -> Iterator[tuple[str, int]]:
    yield "entered", flow.entered
    yield "people", flow.people
    yield sent, flow.sent
    yield "withheld", sum(one.count for one in flow.withheld)
    if flow.goals is not None:
        yield "goals", flow.goals
    yield "finished", flow.finished
    if flow.goal:
        yield "by_goal", flow.goal
    yield "left", sum(one.count for one in flow.exits)
    yield "waiting", flow.waiting
    if flow.kept_out:
        yield "kept_out", flow.kept_out


def _reasons(flow: Flow, language: str) -> Iterator[str]:
    for title, tallies in (("why_withheld", flow.withheld), ("why_left", flow.exits), ("why_failed", flow.failed)):
        if tallies:
            yield f"<section><h2>{escape(text(title, language))}</h2>{_tallies(tallies, language)}</section>"


def _tallies(tallies: Sequence[Tally], language: str) -> str:
    rows = "".join(
        f'<tr><td>{escape(one.words.get(language, one.code))}</td><td class="n">{number(one.count, language)}</td></tr>'
        for one in tallies
    )
    return f"<table>{rows}</table>"


def _days(days: Sequence[FlowDay], language: str) -> Iterator[str]:
    if not days:
        return
    names = ("day", "entered", "sent", "withheld")
    head = "".join(f"<th{_right(i)}>{escape(text(name, language))}</th>" for i, name in enumerate(names))
    rows = "".join(
        f"<tr><td>{one.day:%Y-%m-%d}</td>"
        + "".join(f'<td class="n">{number(count, language)}</td>' for count in (one.entered, one.sent, one.withheld))
        + "</tr>"
        for one in days
    )
    yield f'<h2>{escape(text("days", language))}</h2><div class="sheet"><table><tr>{head}</tr>{rows}</table></div>'


def _right(column: int) -> str:
    return ' class="n"' if column else ""


def _examples(examples: Sequence[Example], zone: ZoneInfo, language: str) -> Iterator[str]:
    if not examples:
        return
    yield f"<h2>{escape(text('examples', language))}</h2>"
    for one in examples:
        name = one.name or text("somebody", language, n=one.person)
        steps = "".join(
            f"<li><time>{_moment(what.at, zone)}</time><span>{escape(what.words[language])}</span></li>"
            for what in one.happenings
        )
        beside = f" · {escape(one.correlation)}" if one.correlation else ""
        yield (
            f"<details><summary>{escape(name)} <span>{_moment(one.entered_at, zone)}{beside}</span></summary>"
            f"<ol>{steps}</ol></details>"
        )


def _notes(notes: Sequence[Words], language: str) -> Iterator[str]:
    lines = "".join(f"<li>{escape(note[language])}</li>" for note in notes)
    yield f'<h2>{escape(text("notes", language))}</h2><ul class="note">{lines}</ul>'


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
