"""docs/reference/events.md: the vocabulary, and what other vocabularies call the same thing."""

from collections import defaultdict

from hourglass.events.aliases import DIALECTS
from hourglass.events.vocabulary import _ORDER, _PRODUCT, VOCABULARY, EventType
from tests.architecture.pages.fields import page, table

_NAMES = {"ga4": "GA4", "klaviyo": "Klaviyo", "segment_v1": "Segment v1"}


def events_page() -> str:
    """Every canonical event with its words, aliases and well-known properties."""
    return page(
        "# Events",
        "",
        "The names an event has inside, whatever vocabulary it came in: Segment's e-commerce v2 and a few of our own.",
        "Names of Google Analytics 4 and Klaviyo are understood as they are, with their properties; case and",
        "underscores do not matter (`order_completed`). Any other name is an event of the shop's own.",
        "Written by `make docs` from `src/hourglass/events/`.",
        "",
        *table(("Event", "In Russian", "Arrives also as", "Well-known properties"), _rows()),
        "",
        "## Products and orders",
        "",
        f"*A product* is told by {_codes(_PRODUCT)}: at the top of an event about one product, or in each line of",
        "the list `products`. `price` is that of one piece.",
        "",
        f"*An order* is told by {_codes(_ORDER)}. Amounts are in `currency`.",
        "",
        "## What other vocabularies call a product's properties",
        "",
        *table(("Vocabulary", "Theirs → ours"), ((_NAMES[one.name], _renamed(one.lines)) for one in DIALECTS)),
        "",
        "## Other properties that are renamed",
        "",
        *table(("Vocabulary", "Theirs → ours"), _properties()),
    )


def _rows() -> list[tuple[str, str, str, str]]:
    aliases: dict[str, list[str]] = defaultdict(list)
    for dialect in DIALECTS:
        for theirs, ours in dialect.names.items():
            if theirs != ours:
                aliases[ours].append(f"`{theirs}` ({_NAMES[dialect.name]})")
    return [
        (f"`{kind.name}`", kind.words["ru"], ", ".join(aliases[kind.name]), _properties_of(kind))
        for kind in VOCABULARY.values()
    ]


def _properties_of(kind: EventType) -> str:
    words = [f"`{word}`" for word in kind.properties]
    for group, name in ((_PRODUCT, "*a product*"), (_ORDER, "*an order*")):
        if set(group) <= set(kind.properties):
            words = [word for word in words if word.strip("`") not in group] + [name]
    return ", ".join(words)


def _properties() -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for dialect in DIALECTS:
        own = {theirs: ours for theirs, ours in dialect.properties.items() if theirs not in dialect.lines}
        rows.append((_NAMES[dialect.name], _renamed(own)))
        rows += [
            (f"{_NAMES[dialect.name]}, `{event}`", _renamed(words))
            for event, words in dialect.per_event.items()
            if words != dialect.lines
        ]
    return rows


def _renamed(words: dict[str, str]) -> str:
    return ", ".join(f"`{theirs}` → `{ours}`" for theirs, ours in words.items())


def _codes(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)
