"""A preview as one page for the browser: the message on a phone and on a desk, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from hourglass.messages.lint.spam import SpamScore
from hourglass.messages.preview.preview import TemplatePreview

_CSS = Path(__file__).with_name("page.css")
_WIDTHS = ((375, "phone"), (700, "desk"))
_WORDS = {
    "preview": ("Preview", "Предпросмотр"),
    "phone": ("On a phone", "На телефоне"),
    "desk": ("On a computer", "На компьютере"),
    "warnings": ("To look at", "На что обратить внимание"),
    "nothing": ("Nothing was found.", "Замечаний нет."),
    "refused": ("It would not be sent", "Это письмо не будет отправлено"),
    "spam": ("Spam score", "Спам-баллы"),
    "of": ("of", "из"),
    "spam_none": ("Nothing costs points.", "Ничего подозрительного."),
    "own": ("our judgement", "наша оценка"),
    "text": ("As plain text", "Текстовая версия"),
    "files": ("Attached", "Вложения"),
}


def preview_page(seen: TemplatePreview, name: str, language: str) -> str:
    """HTML that needs nothing else; the message is in two cages, without scripts. `language`: of the words."""
    parts = [*_head(seen, name, language), *_sides(seen, language), *_found(seen, language)]
    if seen.spam is not None:
        parts += _spam(seen.spam, language)
    if seen.text:
        parts += [f"<h2>{_say('text', language)}</h2>", f"<pre>{escape(seen.text)}</pre>"]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(seen.subject or name)}</title><style>{_CSS.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _head(seen: TemplatePreview, name: str, language: str) -> Iterator[str]:
    yield f'<p class="over">{_say("preview", language)} · {escape(name)} · {escape(seen.locale)}</p>'
    yield f"<h1>{escape(seen.subject)}</h1>"
    yield f'<p class="soft">{escape(seen.preheader)}</p>'
    if seen.attachments:
        yield f'<p class="soft">{_say("files", language)}: {escape(", ".join(seen.attachments))}</p>'
    if seen.refused:
        yield f'<p class="refused">{_say("refused", language)}: {escape(seen.refused)}</p>'


def _sides(seen: TemplatePreview, language: str) -> Iterator[str]:
    if seen.html is None:
        return
    inside = escape(seen.html)
    frames = "".join(
        f"<figure><figcaption>{_say(name, language)} · {width} px</figcaption>"
        f'<iframe sandbox="allow-popups" width="{width}" title="{_say(name, language)}" srcdoc="{inside}"></iframe>'
        "</figure>"
        for width, name in _WIDTHS
    )
    yield f'<div class="sides">{frames}</div>'


def _found(seen: TemplatePreview, language: str) -> Iterator[str]:
    lines = "".join(f"<li>{escape(one.words(language))}</li>" for one in seen.warnings)
    yield f"<h2>{_say('warnings', language)}</h2>"
    yield f'<ul class="warn">{lines}</ul>' if lines else f"<p>{_say('nothing', language)}</p>"


def _spam(score: SpamScore, language: str) -> Iterator[str]:
    yield f"<h2>{_say('spam', language)}: {score.points:.1f} {_say('of', language)} {score.limit:.1f}</h2>"
    lines = "".join(
        f"<li>{one.points:.1f} · {escape(one.words(language))} "
        f'<span class="soft">({_source(one.source, language)})</span></li>'
        for one in score.reasons
    )
    yield f"<ul>{lines}</ul>" if lines else f"<p>{_say('spam_none', language)}</p>"


def _source(source: str, language: str) -> str:
    return _say("own", language) if source == "own" else f"SpamAssassin {escape(source)}"


def _say(name: str, language: str) -> str:
    return _WORDS[name][language == "ru"]
