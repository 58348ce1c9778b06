"""A backtest and the report of a journey: its numbers, the graph, and why who did not get what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from hourglass.kernel import Workspace
from hourglass.reports.answer import Backtest, Example, Flow, FlowDay, FlowStep, Words
from hourglass.reports.page.drawing import draw, step_numbers
from hourglass.reports.page.frame import Tile, counts, frame, headline, moment, note, section, table, tiles, two
from hourglass.reports.page.text import kind_words, summary_words, text
from hourglass.reports.words import money, number


def backtest_page(found: Backtest, workspace: Workspace, language: str) -> str:
    """What would have been, with people as examples."""
    flow, zone = found.flow, workspace.tz()
    period = f"{moment(found.since, zone)} – {moment(found.until, zone)}"
    numbers = [("events", found.events), *_counts(flow, "would")]
    return _page(
        text("backtest", language),
        flow,
        f"{period} · {workspace.name}",
        [(text(name, language), number(count, language)) for name, count in numbers],
        [*_examples(found.examples, zone, language), *_notes(found.notes, language)],
        language,
    )


def report_page(flow: Flow, workspace: Workspace, now: datetime, language: str) -> str:
    """What is; what it added stands first."""
    under = f"{moment(now, workspace.tz())} · {workspace.name}"
    return _page(text("report", language), flow, under, _tiles(flow, language), (), language, _added(flow, language))


def report_lines(flow: Flow, language: str) -> list[str]:
    """The same numbers, a line each."""
    numbers = [f"{value}  {name}" for name, value in _tiles(flow, language)]
    steps = [f"{one.path}  {_named(one, language)}: {' · '.join(step_numbers(one, language))}" for one in flow.steps]
    return [flow.name, _added(flow, language), *numbers, *steps]


def _tiles(flow: Flow, language: str) -> list[Tile]:
    found = [(text(name, language), number(count, language)) for name, count in _counts(flow, "sent")]
    if flow.income:
        found.append((text("orders", language), number(sum(one.orders for one in flow.income), language)))
        sums = (money(one.revenue, one.currency, language) for one in flow.income)
        found.append((text("revenue", language), " · ".join(sums)))
    return found


def _added(flow: Flow, language: str) -> str:
    return text("no_control", language) if flow.incremental is None else flow.incremental.words[language]


def _page(
    over: str, flow: Flow, under: str, numbers: Sequence[Tile], rest: Sequence[str], language: str, first: str = ""
) -> str:
    graph = f'<div class="sheet graph" role="region" tabindex="0">{draw(flow, language)}</div>'
    steps = f'<div class="steps">{"".join(_steps(flow, language))}</div>'
    parts = [
        headline(first, known=flow.incremental is not None and flow.incremental.certain),
        tiles(numbers),
        section(text("graph", language), graph + steps),
        "" if flow.entered else note(text("nobody", language)),
        two(_reasons(flow, language)),
        *_days(flow.days, language),
        *rest,
    ]
    return frame(over, flow.name, under, parts, language)


def _steps(flow: Flow, language: str) -> Iterator[str]:
    """The same as a list, for narrow screens, where the picture is an overview."""
    for step in flow.steps:
        counts, said = " · ".join(step_numbers(step, language)), summary_words(step, language)
        yield (
            f'<div style="margin-left:{12 * step.path.count(".")}px"><b>{escape(kind_words(step.kind, language))}</b> '
            f"<span>{escape(said)}</span><br>{escape(counts)}{_told_ways(step, language)}</div>"
        )


def _named(step: FlowStep, language: str) -> str:
    return f"{kind_words(step.kind, language)} {summary_words(step, language)}".strip()


def _told_ways(step: FlowStep, language: str) -> str:
    """On what condition people went on, and how many."""
    lines = [f"{label}: {number(way.count, language)}" for way in step.ways if (label := way.label.get(language))]
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""


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
            rows = ((one.words.get(language, one.code), number(one.count, language)) for one in tallies)
            yield section(text(title, language), counts(rows))


def _days(days: Sequence[FlowDay], language: str) -> Iterator[str]:
    if days:
        title = text("days", language)
        head = [text(name, language) for name in ("day", "entered", "sent", "withheld")]
        rows = [
            [f"{one.day:%Y-%m-%d}", *(number(count, language) for count in (one.entered, one.sent, one.withheld))]
            for one in days
        ]
        yield section(title, table(head, rows, title, kind="days"))


def _examples(examples: Sequence[Example], zone: ZoneInfo, language: str) -> Iterator[str]:
    if not examples:
        return
    yield f"<h2>{escape(text('examples', language))}</h2>"
    for one in examples:
        name = one.name or text("somebody", language, n=one.person)
        steps = "".join(
            f"<li><time>{moment(what.at, zone)}</time><span>{escape(what.words[language])}</span></li>"
            for what in one.happenings
        )
        beside = f" · {escape(one.correlation)}" if one.correlation else ""
        yield (
            f"<details><summary>{escape(name)} <span>{moment(one.entered_at, zone)}{beside}</span></summary>"
            f"<ol>{steps}</ol></details>"
        )


def _notes(notes: Sequence[Words], language: str) -> Iterator[str]:
    lines = "".join(f"<li>{escape(note[language])}</li>" for note in notes)
    yield section(text("notes", language), f'<ul class="note">{lines}</ul>')
