"""Ready-made segments: documents on computed traits and plain conditions, to be taken over and changed at will."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, convert

from hourglass.kernel import NotFound

_FOLDER = Path(__file__).with_name("ready")


class ReadySegment(Struct, frozen=True, kw_only=True):
    """One of the catalogue; `name` and `description` by language."""

    key: str
    name: dict[str, str]
    description: dict[str, str]
    when: dict[str, Any]
    group: str

    def document(self, locale: str) -> dict[str, Any]:
        """The segment to save, in the workspace's language."""
        language = "ru" if locale.lower().startswith("ru") else "en"
        return {
            "kind": "segment",
            "key": self.key,
            "name": self.name[language],
            "description": self.description[language],
            "when": self.when,
        }


@cache
def ready_segments() -> tuple[ReadySegment, ...]:
    """The whole catalogue, group by group."""
    groups = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))}
    return tuple(convert({**one, "group": group}, ReadySegment) for group, found in groups.items() for one in found)


def ready_segment(key: str) -> ReadySegment:
    """The one of that key; NotFound names the nearest."""
    for one in ready_segments():
        if one.key == key:
            return one
    near = get_close_matches(key, [one.key for one in ready_segments()], 1)
    hint = f" Did you mean “{near[0]}”?" if near else " `hourglass segments ready` lists them."
    raise NotFound(f"There is no ready-made segment “{key}”.{hint}")
