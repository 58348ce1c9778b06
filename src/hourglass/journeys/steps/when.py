"""When: a condition of a journey, which may ask about the person, and about what the run itself knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from hourglass.audience import Condition, Where, describe, parse_condition, read_where
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed

_GLUE = {"all": {"en": " and ", "ru": " и "}, "any": {"en": " or ", "ru": " или "}}
_NOT = {"en": "not ({0})", "ru": "не ({0})"}
_ROOTS = {"run": ("steps.",), "entry": ("properties.", "event", "at")}
_DEPTH = 20


class Knows(Struct, frozen=True):
    """Something that the run knows, compared with a value; `property` begins with steps or entry."""

    where: Where


class Together(Struct, frozen=True):
    """`all`, `any` or `not` of what follows."""

    form: str
    of: tuple[When, ...]


When = Condition | Knows | Together


def read_when(document: object, path: str, depth: int = 0) -> When:
    """A condition, or `{run: steps.ID.properties.price, op: ..., value: ...}` and `{entry: ...}` in the place of one.

    Raises Malformed with the path.
    """
    if not _speaks_of_run(document, depth):
        return parse_condition(cast("Any", document), path)
    node = cast("dict[str, Any]", document)
    if "run" in node or "entry" in node:
        return _read_knows(node, path)
    [(form, inside)] = node.items()
    if form == "not":
        return Together("not", (read_when(inside, f"{path}.not", depth + 1),))
    parts = enumerate(cast("list[object]", inside))
    return Together(form, tuple(read_when(part, f"{path}.{form}[{place}]", depth + 1) for place, part in parts))


def holds(when: When, runs: Sequence[Run], facts: Facts) -> list[bool]:
    """For each run, whether it holds; what a run does not know is never true."""
    match when:
        case Knows(where):
            return facts.known(where, runs)
        case Together("not", (inside,)):
            return [not one for one in holds(inside, runs, facts)]
        case Together(form, of):
            answers = zip(*(holds(one, runs, facts) for one in of), strict=True)
            return [all(one) if form == "all" else any(one) for one in answers]
        case _:
            return facts.holds(when, runs)


def asked(when: When) -> Iterator[Condition]:
    """What it asks about people, so that it can be compiled beforehand."""
    match when:
        case Knows():
            return
        case Together(_, of):
            for one in of:
                yield from asked(one)
        case _:
            yield when


def when_words(when: When, locale: str = "en", *, inner: bool = False) -> str:
    """One sentence without a full stop, in English or Russian."""
    match when:
        case Knows(where):
            return where.words(locale)
        case Together("not", (inside,)):
            return _NOT[locale].format(when_words(inside, locale))
        case Together(form, of):
            joined = _GLUE[form][locale].join(when_words(one, locale, inner=True) for one in of)
            return f"({joined})" if inner and len(of) > 1 else joined
        case _:
            return describe(when, locale, inner=inner)


def _speaks_of_run(document: object, depth: int) -> bool:
    if not isinstance(document, dict) or depth > _DEPTH:
        return False
    node = cast("dict[str, object]", document)
    if "run" in node or "entry" in node:
        return True
    if len(node) != 1:
        return False
    [(form, inside)] = node.items()
    if form == "not":
        return _speaks_of_run(inside, depth + 1)
    parts = cast("list[object]", inside) if form in _GLUE and isinstance(inside, list) else []
    return any(_speaks_of_run(part, depth + 1) for part in parts)


def _read_knows(node: Mapping[str, Any], path: str) -> Knows:
    word = "run" if "run" in node else "entry"
    only(node, {word, "op", "value"}, path)
    name = node[word]
    if not isinstance(name, str) or not name.startswith(_ROOTS[word]):
        hint = "steps.ID.properties.price" if word == "run" else "properties.total"
        raise Malformed(f"`{word}` is the way to a value, like {hint}.", path=f"{path}.{word}")
    place = name if word == "run" else f"entry.{name}"
    told = {"property": place, **{field: node[field] for field in ("op", "value") if field in node}}
    try:
        [where] = read_where([told], path)
    except Malformed as error:
        raise Malformed(error.sentence, path=(error.path or path).replace(f"{path}[0]", path)) from error
    return Knows(where)
