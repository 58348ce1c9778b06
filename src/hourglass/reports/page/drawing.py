"""The graph of a journey as SVG: its steps with their numbers, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from hourglass.reports.answer import Flow, FlowStep
from hourglass.reports.page.layout import Layout, layout
from hourglass.reports.page.text import kind_words, summary_words, text
from hourglass.reports.words import number

_WIDTH, _HEIGHT = 228, 106
_STEP_X, _STEP_Y = 256, 162
_MARGIN = 12
_LETTERS, _LINES = 29, 2
_NUMBERS = 30
"""Letters in a line of numbers; three lines at most."""
_LABEL = 34
_ENTRY, _END = "entry", ""


def draw(flow: Flow, language: str) -> str:
    """An `<svg>` element. Every count is of runs."""
    ways = _ways(flow, language)
    names = [_ENTRY, *_met(flow, ways), _END]
    places = layout(names, [(origin, to) for origin, to, _, _ in ways])
    width = round(places.width * _STEP_X + 2 * _MARGIN - (_STEP_X - _WIDTH))
    height = round((places.depth - 1) * _STEP_Y + _HEIGHT + 2 * _MARGIN)
    body = "".join((*_lines(places, ways, language), *_boxes(places, flow, language)))
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" style="--wide:{width}px" '
        f'aria-label="{escape(flow.name)}">{_ARROW}{body}</svg>'
    )


_ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="11" markerHeight="11" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" class="tip"/></marker></defs>'
)
_Way = tuple[str, str, str, int]


def _ways(flow: Flow, language: str) -> list[_Way]:
    """From, to, label, count; several between the same two steps are one."""
    joined: dict[tuple[str, str], tuple[list[str], int]] = {(_ENTRY, flow.start or _END): ([], flow.entered)}
    for step in flow.steps:
        for way in step.ways:
            labels, count = joined.get((step.path, way.to or _END), ([], 0))
            joined[step.path, way.to or _END] = ([*labels, *filter(None, [way.label.get(language)])], count + way.count)
    return [(*pair, " · ".join(labels), count) for pair, (labels, count) in joined.items()]


def _met(flow: Flow, ways: Sequence[_Way]) -> list[str]:
    """The steps in an order in which each comes after those that lead to it, loops apart."""
    following: dict[str, list[str]] = {}
    for origin, to, _, _ in ways:
        following.setdefault(origin, []).append(to)
    done: dict[str, None] = {}
    seen: set[str] = set()

    def visit(path: str) -> None:
        if path in seen or path == _END:
            return
        seen.add(path)
        for to in reversed(following.get(path, [])):
            visit(to)
        done[path] = None

    visit(flow.start or _END)
    for step in flow.steps:  # what nobody can reach is shown, too
        visit(step.path)
    return list(reversed(done))


def _lines(places: Layout, ways: Sequence[_Way], language: str) -> Iterator[str]:
    """All ways, and above them what stands beside each."""
    most = max((count for _, _, _, count in ways), default=0) or 1
    labels: list[str] = []
    for origin, to, label, count in ways:
        if origin == to:
            continue
        points = [_bottom(places, origin), *(_bend(one) for one in places.bends[origin, to]), _top(places, to)]
        kind = "way" if count else "way idle"
        thick = f"{1 + 4 * count / most:.1f}"
        yield f'<path class="{kind}" d="{_curve(points)}" stroke-width="{thick}" marker-end="url(#arrow)"/>'
        x, y = _label_at(points, alone=sum(one[0] == origin for one in ways) == 1)
        told = " · ".join(filter(None, (_short(label, _LABEL), number(count, language))))
        title = f"<title>{escape(label)}</title>" if label else ""
        labels.append(f'<text class="label" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{title}{escape(told)}</text>')
    yield from labels


def _label_at(points: Sequence[tuple[float, float]], *, alone: bool) -> tuple[float, float]:
    """Beside its own stretch of the way: where it passes by, else below the step it leaves, or above where it leads."""
    if len(points) > 2:
        return points[1]
    (x, y), (to_x, to_y) = points
    return (x, y + 22) if alone else (to_x, to_y - 18)


def _boxes(places: Layout, flow: Flow, language: str) -> Iterator[str]:
    entered = text("node_came", language, n=number(flow.entered, language))
    yield _box(places, _ENTRY, "entry", text("entry", language), flow.entry, [entered])
    for step in flow.steps:
        counts = list(step_numbers(step, language))
        said = summary_words(step, language)
        yield _box(places, step.path, step.kind, kind_words(step.kind, language), said, counts)
    yield _box(places, _END, "end", text("end", language), "", [number(flow.finished, language)])


def step_numbers(step: FlowStep, language: str) -> Iterator[str]:
    """Who came, and what became of them here."""
    yield text("node_came", language, n=number(step.came, language))
    for name in ("waiting", "left", "sent", "withheld", "failed"):
        count = getattr(step, name)
        if count:
            yield text(f"node_{name}", language, n=number(count, language))


def _box(places: Layout, name: str, kind: str, title: str, summary: str, counts: Sequence[str]) -> str:
    x, y = _top(places, name)
    left = x - _WIDTH / 2
    lines = wrap(summary, _LETTERS)[:_LINES]
    if len(wrap(summary, _LETTERS)) > _LINES:
        lines[-1] = _short(lines[-1] + " …", _LETTERS)
    numbers = _in_lines(counts)
    rows = [("title", title), *(("what", line) for line in lines)]
    inner = "".join(
        f'<text class="{style}" x="{left + 12:.0f}" y="{y + 20 + i * 16:.0f}">{escape(line)}</text>'
        for i, (style, line) in enumerate(rows)
    )
    below = "".join(
        f'<text class="count" x="{left + 12:.0f}" y="{y + _HEIGHT - 10 - (len(numbers) - 1 - i) * 14:.0f}">'
        f"{escape(line)}</text>"
        for i, line in enumerate(numbers)
    )
    return (
        f'<g class="step {escape(kind)}"><title>{escape(f"{title}: {summary}" if summary else title)}</title>'
        f'<rect x="{left:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{_HEIGHT}" rx="10"/>'
        f'<rect class="mark" x="{left:.0f}" y="{y + 10:.0f}" width="4" height="{_HEIGHT - 20}" rx="2"/>'
        f"{inner}{below}</g>"
    )


def _in_lines(counts: Sequence[str]) -> list[str]:
    """As many beside each other as go into a line; a number stays with its word."""
    lines: list[str] = []
    for one in counts:
        if lines and len(f"{lines[-1]} · {one}") <= _NUMBERS:
            lines[-1] += f" · {one}"
        else:
            lines.append(one)
    return lines


def _top(places: Layout, name: str) -> tuple[float, float]:
    return places.columns[name] * _STEP_X + _WIDTH / 2 + _MARGIN, places.layers[name] * _STEP_Y + _MARGIN


def _bottom(places: Layout, name: str) -> tuple[float, float]:
    x, y = _top(places, name)
    return x, y + _HEIGHT


def _bend(place: tuple[float, int]) -> tuple[float, float]:
    column, layer = place
    return column * _STEP_X + _WIDTH / 2 + _MARGIN, layer * _STEP_Y + _MARGIN + _HEIGHT / 2


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Through all points, upright at each."""
    (x, y), *rest = points
    drawn = [f"M{x:.0f} {y:.0f}"]
    for to_x, to_y in rest:
        half = (to_y - y) / 2
        drawn.append(f"C{x:.0f} {y + half:.0f} {to_x:.0f} {to_y - half:.0f} {to_x:.0f} {to_y:.0f}")
        x, y = to_x, to_y
    return "".join(drawn)


def _short(words: str, letters: int) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
