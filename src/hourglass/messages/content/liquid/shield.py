"""Hides Liquid from tools that know only markup, and puts it back afterwards.

A tag that stands between elements becomes a comment, because a comment may stand anywhere (text may not, in a table);
every other piece becomes a word. So `{% for %}` may go around rows, columns and sections.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_LIQUID = re.compile(
    r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}"
    r"|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
_MARKUP = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)


class Shield:
    """The Liquid of one source. `text` is the source without it."""

    def __init__(self, source: str) -> None:
        self._pieces: list[str] = []
        self._salt = blake2b(source.encode("utf-8", "replace"), digest_size=4).hexdigest()
        words = _LIQUID.sub(lambda found: self._word(found[0]), source)
        alone = re.compile(rf"(?:\s|lq\d+t{self._salt})+")
        parts = _MARKUP.split(words)
        parts[::2] = [self._commented(part) if alone.fullmatch(part) else part for part in parts[::2]]
        self.text = "".join(parts)
        self._hidden = re.compile(rf"<!--(lq(\d+)t{self._salt})-->|lq(\d+)[to]{self._salt}")

    def restore(self, text: str) -> str:
        """Put the Liquid back."""
        return self._hidden.sub(lambda found: self._pieces[int(found[2] or found[3])], text)

    def hidden_in(self, text: str) -> list[str]:
        """The words that stand for Liquid, in their order."""
        return [found[0] for found in self._hidden.finditer(text)]

    def _word(self, piece: str) -> str:
        self._pieces.append(piece)
        return f"lq{len(self._pieces) - 1}{'t' if piece.startswith('{%') else 'o'}{self._salt}"

    def _commented(self, text: str) -> str:
        return re.sub(rf"lq\d+t{self._salt}", r"<!--\g<0>-->", text)
