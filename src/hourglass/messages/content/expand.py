"""Everything about a text that no person changes is put in before it is compiled: snippets, words and brand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from html import escape
from typing import Any, cast

from msgspec import Struct

from hourglass.kernel import Malformed
from hourglass.messages.content.liquid.scope import END, NAME
from hourglass.messages.content.snippet import Form, Snippet

_DEEPEST = 8
_LONGEST = 400_000  # characters of a body with its snippets
_PLACES = re.compile(
    r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}"
    r"|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}"
    r"|\{%-?\s*render\s+(?P<render>.*?)\s*-?%\}"
    r"|\{\{-?\s*(?P<root>words|brand)\.(?P<path>[\w.-]+?)\s*-?\}\}",
    re.DOTALL,
)
_CALL = re.compile(
    r"""(["'])(?P<key>[\w.-]+)\1"""
    r"""(?:\s+(?P<how>for|with)\s+(?P<what>[^,]+?)\s+as\s+(?P<alias>[\w-]+))?\s*(?:,\s*(?P<args>.*))?""",
    re.DOTALL,
)
_BARE = re.compile(r"&(?!#?\w{1,32};)")


class Sources(Struct, frozen=True, kw_only=True):
    """What may be put in, in one language. `snippets` is None where they are not at hand: they count as empty."""

    locale: str
    workspace_locale: str
    brand: Mapping[str, Any]
    snippets: Mapping[str, Snippet] | None


def expand(text: str, form: Form, words: Mapping[str, str], sources: Sources, path: str) -> str:
    """The text with everything in. Raises Malformed with the place for names that nobody has."""
    return _Expansion(form, sources, path).of(text, words, ())


class _Expansion:
    def __init__(self, form: Form, sources: Sources, path: str) -> None:
        self._form: Form = form
        self._sources = sources
        self._path = path
        self._length = 0

    def of(self, text: str, words: Mapping[str, str], within: tuple[str, ...]) -> str:
        """`within`: the snippets it stands in, the outermost first."""

        def put_in(found: re.Match[str]) -> str:
            if found["render"] is not None:
                return self._snippet(found["render"], within)
            if found["root"] == "words":
                return self.of(self._word(found["path"], words, within), {}, within)
            return self._brand(found, within) if found["root"] else found[0]

        grown = _PLACES.sub(put_in, text)
        if len(grown) > _LONGEST:
            raise Malformed(f"With its snippets the text is over {_LONGEST:,} characters long.", path=self._path)
        return grown

    def _snippet(self, call: str, within: tuple[str, ...]) -> str:
        read = _CALL.fullmatch(call)
        if read is None:
            raise self._wrong(f"A snippet is put in like {{% render 'key', name: value %}}, not “{call}”", within)
        if self._sources.snippets is None:
            return ""
        key = read["key"]
        if key in within or len(within) >= _DEEPEST:
            raise self._wrong(f"The snippet “{key}” contains itself", within)
        snippet = self._sources.snippets.get(key)
        if snippet is None:
            raise self._wrong(f"There is no snippet “{key}”{_near(key, self._sources.snippets)}", within)
        source = snippet.source(self._form, self._sources.locale, self._sources.workspace_locale)
        if source is None:
            raise self._wrong(f"The snippet “{key}” is not written for {self._form}", within)
        words = snippet.wording(self._sources.locale, self._sources.workspace_locale)
        return _scoped(self.of(source.strip(), words, (*within, key)), read)

    def _word(self, name: str, words: Mapping[str, str], within: tuple[str, ...]) -> str:
        if name not in words:
            raise self._wrong(f"There is no `words.{name}`{_near(name, words)}", within)
        return words[name] if self._form == "text" else _BARE.sub("&amp;", words[name])

    def _brand(self, found: re.Match[str], within: tuple[str, ...]) -> str:
        value: Any = self._sources.brand
        names = found["path"].split(".")
        for name in names:
            known = cast("dict[str, Any]", value if isinstance(value, Mapping) else {})
            if value is not None and name not in known and names[0] != "social":
                raise self._wrong(f"There is no `brand.{found['path']}`{_near(name, known)}", within)
            value = known.get(name)
        if isinstance(value, Mapping | list):
            return found[0]
        text = "" if value is None else str(cast("object", value))
        return text if self._form == "text" else escape(text)

    def _wrong(self, sentence: str, within: tuple[str, ...]) -> Malformed:
        place = f"In the snippet “{within[-1]}”: " if within else ""
        return Malformed(f"{place}{sentence}{'' if sentence.endswith('?') else '.'}", path=self._path)


def _scoped(source: str, call: re.Match[str]) -> str:
    """Without Liquid in it a snippet needs no scope of its own."""
    if "{{" not in source and "{%" not in source and call["how"] is None:
        return source
    args = (call["args"] or "").strip()
    if call["how"] is None:
        return f"{{% {NAME} {args or '_: true'} %}}{source}{{% {END} %}}"
    alias, what = call["alias"], call["what"].strip()
    inside = f"{alias}: {alias}" + (f", {args}" if args else "")
    block = f"{{% {NAME} {inside} %}}{source}{{% {END} %}}"
    if call["how"] == "with":
        return f"{{% {NAME} {alias}: {what}{', ' + args if args else ''} %}}{source}{{% {END} %}}"
    return f"{{% for {alias} in {what} %}}{block}{{% endfor %}}"


def _near(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean “{close[0]}”?" if close else ""
