"""Whether texts can be read on what lies behind them (WCAG 2.2: 4.5 to 1, large texts 3 to 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hourglass.messages.lint.finding import LintFinding, Page
from hourglass.messages.lint.markup import Look, Markup, Rgb

_LARGE, _LARGE_BOLD = 24.0, 18.66


def contrast(_page: Page, markup: Markup) -> Iterator[LintFinding]:
    """One finding for each pair of colours that is too near."""
    told: set[tuple[Rgb, Rgb]] = set()
    for text, look in markup.texts:
        pair = (look.color, look.ground)
        if pair in told or ratio(*pair) >= _least(look):
            continue
        told.add(pair)
        yield LintFinding(
            code="contrast_low",
            en=f"“{text[:40]}” is hard to read: {_hex(pair[0])} on {_hex(pair[1])} is {ratio(*pair):.1f} to 1.",
            ru=f"«{text[:40]}» трудно прочесть: {_hex(pair[0])} на {_hex(pair[1])} — контраст {ratio(*pair):.1f} к 1.",
        )


def ratio(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(colors: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """The pairs of a brand's colours in which a text could not be read: text, ground, contrast."""
    parts = {name: _rgb(value) for name, value in colors.items()}
    pairs = ((text, ground) for text in ("text", "muted") for ground in ("page", "card"))
    measured = [(text, ground, ratio(parts[text], parts[ground])) for text, ground in (*pairs, ("on_accent", "accent"))]
    return [one for one in measured if one[2] < 4.5]


def _rgb(text: str) -> Rgb:
    digits = text[1:] if len(text) == 7 else "".join(char * 2 for char in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _luminance(color: Rgb) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _least(look: Look) -> float:
    return 3.0 if look.size >= (_LARGE_BOLD if look.bold else _LARGE) else 4.5


def _hex(color: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in color)
