"""Words that spam filters and readers have learned to distrust."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hourglass.messages.lint.finding import LintFinding, Page

_ENGLISH = (
    "100% free", "act now", "apply now", "as seen on", "buy now", "cash bonus", "click here", "congratulations you",
    "dear friend", "double your", "earn money", "extra income", "fast cash", "free gift", "free money",
    "guaranteed income", "limited time only", "lowest price ever", "make money", "million dollars", "miracle",
    "no obligation", "no strings attached", "once in a lifetime", "order now", "risk-free", "risk free",
    "this is not spam", "urgent", "viagra", "casino", "winner", "work from home", "you have been selected",
)  # fmt: skip
_RUSSIAN = (
    "100% бесплатно", "абсолютно бесплатно", "бесплатно!", "без риска", "быстрый заработок", "вы выиграли",
    "вы победитель", "гарантированный доход", "деньги сразу", "дополнительный доход", "жми сюда", "жмите сюда",
    "заработок в интернете", "казино", "кликните здесь", "не упустите шанс", "нажми сюда", "нажмите здесь",
    "это не спам", "пассивный доход", "подарок даром", "полностью бесплатно", "последний шанс", "похудеть за",
    "работа на дому", "самая низкая цена", "срочно", "только сегодня", "уникальный шанс", "чудо-средство",
)  # fmt: skip
_WORDS = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in (*_ENGLISH, *_RUSSIAN)), re.IGNORECASE)
_MANY = 2


def wording(page: Page) -> Iterator[LintFinding]:
    """One such word in the subject, or several in the text."""
    loud = distrusted(page.subject)
    if loud:
        yield _finding("subject", "теме", loud)
    said = distrusted(page.text)
    if len(said) >= _MANY:
        yield _finding("text", "тексте", said)


def distrusted(text: str) -> list[str]:
    """Those of the words that a text says, each once."""
    return sorted({found[0].lower() for found in _WORDS.finditer(text)})


def _finding(place: str, where: str, words: list[str]) -> LintFinding:
    listed = ", ".join(f"“{word}”" for word in words[:5])
    return LintFinding(
        code="spam_words",
        en=f"Words in the {place} that spam filters distrust: {listed}.",
        ru=f"Слова в {where}, которым не доверяют спам-фильтры: {listed}.",
    )
