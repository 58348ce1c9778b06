"""Which languages to try, one after the other, when somebody's own is not there."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache


@lru_cache(maxsize=256)
def language(locale: str) -> str:
    """The language of a locale: `ru` of `ru-KZ`."""
    return locale.replace("_", "-").partition("-")[0].lower()


def chain(*wanted: str) -> list[str]:
    """`ru-KZ` gives ru-KZ, ru; of several locales one after the other, each once."""
    tried = [name for locale in wanted if locale for name in (locale.replace("_", "-"), language(locale))]
    return list(dict.fromkeys(tried))


def variants(own: str, written: Container[str], wanted: str, workspace: str = "") -> list[str]:
    """The variants of a document to use, the nearest first; none when the document's own language comes nearest.

    The language asked for comes before the workspace's, a country's variant before its language's; two languages are
    never mixed.
    """
    found: list[str] = []
    for name in chain(wanted, workspace):
        if found and language(name) != language(found[0]):
            break
        if name in written:
            found.append(name)
        elif name in (own, language(own)):
            break
    return found
