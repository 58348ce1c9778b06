"""A condition in words, for people who did not write it."""

from __future__ import annotations

from hourglass.audience.tree.condition import AllOf, AnyOf, Condition, Not

_WORDS = {
    "en": {"all": " and ", "any": " or ", "not": "not ({0})"},
    "ru": {"all": " и ", "any": " или ", "not": "не ({0})"},
}


def describe(condition: Condition, locale: str = "en", *, inner: bool = False) -> str:
    """One sentence without a full stop, in English or Russian."""
    words = _WORDS.get(locale, _WORDS["en"])
    match condition:
        case AllOf(of) | AnyOf(of):
            glue = words["all" if isinstance(condition, AllOf) else "any"]
            joined = glue.join(describe(child, locale, inner=True) for child in of)
            return f"({joined})" if inner and len(of) > 1 else joined
        case Not(of):
            return words["not"].format(describe(of, locale))
        case _:
            return condition.words(locale)
