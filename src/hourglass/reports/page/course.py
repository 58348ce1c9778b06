"""How the send of a campaign went over time, as lines that fit any width, with the same in numbers below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import accumulate

from hourglass.campaigns import Course, campaign_words
from hourglass.kernel import Workspace
from hourglass.reports.page.frame import moment, table
from hourglass.reports.page.text import text
from hourglass.reports.words import number

_LINES = ("sent", "opened", "clicked")
_SHOWN = (*_LINES, "unsubscribed")
_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


def draw_course(course: Course, workspace: Workspace, language: str) -> str:
    """A `<figure>`: how many had left, were opened and clicked by each moment."""
    zone, step = workspace.tz(), _STEPS[course.step]
    moments = [one.at for one in course.moments]
    totals = {name: list(accumulate(getattr(one, name) for one in course.moments)) for name in _LINES}
    most = max(max(line) for line in totals.values()) or 1
    since, until = moments[0], moments[-1] + step
    lines = "".join(
        f'<polyline class="{name}" points="{_points(moments, line, since, until, step, most)}"/>'
        for name, line in totals.items()
    )
    legend = "".join(
        f'<li class="{name}">{escape(campaign_words(name, language))} {number(line[-1], language)}</li>'
        for name, line in totals.items()
    )
    return (
        f'<figure class="course"><ul class="legend">{legend}</ul>'
        f'<div class="plot"><span>{number(most, language)}</span>'
        f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(text("course", language))}"><path class="grid" d="M0 0H100M0 50H100M0 100H100"/>{lines}'
        f'</svg></div><p class="when"><span>{moment(since, zone)}</span><span>{moment(until, zone)}</span></p>'
        f"<details><summary>{escape(text('in_numbers', language))}</summary>{_numbers(course, workspace, language)}"
        "</details></figure>"
    )


def _points(
    moments: Sequence[datetime], line: Sequence[int], since: datetime, until: datetime, step: timedelta, most: int
) -> str:
    """A line that rises within each moment and is level between them; from 0 to 100 both ways, 0 on top."""
    points: list[str] = []
    before = 0
    for at, count in zip(moments, line, strict=True):
        for when, how_many in ((at, before), (at + step, count)):
            points.append(f"{100 * ((when - since) / (until - since)):.2f},{100 - 100 * how_many / most:.2f}")
        before = count
    return " ".join(points)


def _numbers(course: Course, workspace: Workspace, language: str) -> str:
    zone = workspace.tz()
    rows = [
        [
            moment(one.at, zone) if course.step == "hour" else f"{one.at.astimezone(zone):%Y-%m-%d}",
            *(number(getattr(one, name), language) for name in _SHOWN),
        ]
        for one in course.moments
    ]
    head = [text(course.step, language), *(campaign_words(name, language) for name in _SHOWN)]
    return table(head, rows, text("course", language), kind="days")
