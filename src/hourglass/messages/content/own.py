"""Templates that the product itself needs, until a shop writes its own under the same key."""

from __future__ import annotations

from functools import cache
from typing import Any

from hourglass.messages.content.template import Template, read

CONFIRM = "confirm-consent"
"""Sent for a double opt-in: one button, `{{ confirm_url }}`."""

_MJML = """
<mjml><mj-head><mj-attributes><mj-all font-family="-apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif" />
<mj-text font-size="16px" line-height="1.6" color="#22282b" /></mj-attributes></mj-head>
<mj-body background-color="#f4f1ec"><mj-section padding="24px 12px 0"><mj-column>
<mj-text color="#616b70" font-size="14px">{{ shop.name }}</mj-text></mj-column></mj-section>
<mj-section padding="0 12px"><mj-column background-color="#ffffff" border-radius="16px" padding="16px 8px">
<mj-text font-size="24px" line-height="1.3" font-weight="600">TITLE</mj-text><mj-text>ASK</mj-text>
<mj-button href="{{ confirm_url }}" background-color="#1f5f5b" border-radius="12px" font-size="16px" font-weight="600"
 inner-padding="14px 28px" align="left">BUTTON</mj-button>
<mj-text font-size="14px" color="#616b70">ELSE</mj-text></mj-column></mj-section></mj-body></mjml>
"""
_TEXT = "TITLE\n\nASK\n\n{{ confirm_url }}\n\nELSE\n"
_WORDS = {
    "en": {
        "TITLE": "One more step",
        "ASK": "You asked {{ shop.name }} to write to you about “{{ event.topic }}”. Please confirm that it was you.",
        "BUTTON": "Yes, subscribe me",
        "ELSE": "Was it not you? Then do nothing: without your confirmation we will not write. "
        "The link works for seven days.",
    },
    "ru": {
        "TITLE": "Остался один шаг",
        "ASK": "Вы попросили {{ shop.name }} писать вам на тему «{{ event.topic }}». "
        "Подтвердите, пожалуйста, что это были вы.",
        "BUTTON": "Да, подписаться",
        "ELSE": "Это были не вы? Тогда ничего не делайте: без подтверждения мы писать не будем. "
        "Ссылка действует семь дней.",
    },
}
_SUBJECTS = {"en": "Please confirm your subscription", "ru": "Подтвердите, пожалуйста, подписку"}
_TOPIC_IN = {"ru": "{{ event.topic_ru | default: event.topic }}"}


@cache
def own_templates() -> dict[str, Template]:
    """By key."""
    russian = _body("ru")
    document: dict[str, Any] = {
        "kind": "template",
        "key": CONFIRM,
        "subject": _SUBJECTS["en"],
        **_body("en"),
        "locales": {"ru": {"subject": _SUBJECTS["ru"], **russian}},
    }
    return {CONFIRM: read(document)}


def _body(locale: str) -> dict[str, str]:
    texts = {"mjml": _MJML, "text": _TEXT}
    for name, words in _WORDS[locale].items():
        said = words.replace("{{ event.topic }}", _TOPIC_IN.get(locale, "{{ event.topic }}"))
        texts = {kind: text.replace(name, said) for kind, text in texts.items()}
    return texts
