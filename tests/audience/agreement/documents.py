"""Random condition documents, over a small world in which every comparison is sometimes true and sometimes not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hourglass.audience import OPERATORS
from tests.audience.oracle.comparisons import KNOWN

CITIES = ("Almaty", "almaty", "Астана", "Beograd", "")
CATEGORIES = ("shoes", "hats", "обувь", "tea")
EVENTS = ("Order Completed", "Product Viewed", "Product Added", "Lesson Watched")
_SPANS = ("1h", "36h", "3d", "10d", "45d")
_TEXTS = ("equals", "not_equals", "contains", "not_contains", "starts_with", "ends_with", "one_of", "none_of")
_NUMBERS = ("at_least", "at_most", "more_than", "less_than", "exactly", "between", "equals")
_MOMENTS = ("before", "after", "in_last", "in_next")


class Documents:
    """Draws documents; the same seed draws the same ones."""

    def __init__(self, draw: Random, start: datetime, segments: tuple[str, ...] = ()) -> None:
        self._draw, self._start, self._segments = draw, start, segments

    def tree(self, depth: int = 2) -> dict[str, Any]:
        """A condition."""
        if depth == 0 or self._draw.random() < 0.35:
            return self._leaf()
        form = self._draw.choice(("all", "any", "not"))
        if form == "not":
            return {"not": self.tree(depth - 1)}
        return {form: [self.tree(depth - 1) for _ in range(self._draw.randint(1, 3))]}

    def _leaf(self) -> dict[str, Any]:
        leaves: list[Callable[[], dict[str, Any]]] = [self._did] * 6 + [self._trait] * 3 + [self._consent]
        if self._segments:
            leaves.append(lambda: {"segment": self._draw.choice(self._segments)})
        return self._draw.choice(leaves)()

    def _trait(self) -> dict[str, Any]:
        name, kind = self._draw.choice((("city", "text"), ("age", "number"), ("joined", "moment"), ("vip", "text")))
        if self._draw.random() < 0.15:
            return {"trait": name, "op": self._draw.choice(("exists", "missing"))}
        return {"trait": name, **self._comparison(kind, CITIES if name == "city" else (True, False, "true"))}

    def _consent(self) -> dict[str, Any]:
        return {
            "consent": {"channel": self._draw.choice(("email", "sms")), "topic": self._draw.choice(("news", "sale"))}
        }

    def _did(self) -> dict[str, Any]:
        measure, kind = self._measure()
        document: dict[str, Any] = {"event": self._draw.choice(EVENTS), **self._comparison(kind, CATEGORIES)}
        if measure is not None:
            document["measure"] = measure
        if self._draw.random() < 0.5:
            document["where"] = [self._where() for _ in range(self._draw.randint(1, 2))]
        return document | self._when()

    def _measure(self) -> tuple[dict[str, Any] | None, str]:
        return self._draw.choice(
            [
                (None, "count"),
                (None, "count"),
                ({"distinct": "category"}, "count"),
                ({"sum": "revenue"}, "money"),
                ({"avg": "revenue"}, "money"),
                ({"sum": "products.amount"}, "money"),
                ({"max": "score"}, "number"),
                ({"min": "products.price"}, "money"),
                ({"first": True}, "moment"),
                ({"last": True}, "moment"),
                ({"last": "category"}, "text"),
                ({"first": "category"}, "text"),
                ({"days_since": True}, "days"),
                ({"share": {"where": [self._where()]}}, "percent"),
            ]
        )

    def _where(self) -> dict[str, Any]:
        name, kind = self._draw.choice(
            (
                ("category", "text"),
                ("revenue", "money"),
                ("score", "number"),
                ("at", "moment"),
                ("products.category", "text"),
                ("products.amount", "money"),
            )
        )
        return {"property": name, **self._comparison(kind, CATEGORIES)}

    def _when(self) -> dict[str, Any]:
        roll = self._draw.random()
        if roll < 0.45:
            return {"within": self._draw.choice(_SPANS)}
        if roll < 0.6:
            since = self._moment()
            until = since + timedelta(days=self._draw.randint(1, 40))
            window = {"since": since.isoformat(), "until": until.isoformat()}
            return {key: window[key] for key in self._draw.sample(sorted(window), self._draw.randint(1, 2))}
        return {}

    def _comparison(self, kind: str, texts: tuple[Any, ...]) -> dict[str, Any]:
        names = {"text": _TEXTS, "moment": _MOMENTS}.get(kind, _NUMBERS)
        # An operator for texts does for a moment until there is one for moments.
        op = self._draw.choice([name for name in names if name in OPERATORS and name in KNOWN] or ["exists"])
        if op == "exists":
            return {"op": op}
        if op in ("one_of", "none_of"):
            return {"op": op, "value": self._draw.sample(texts, 2)}
        if kind == "text":
            return {"op": op, "value": self._text(op, texts)}
        if op in ("in_last", "in_next"):
            return {"op": op, "value": self._draw.choice(_SPANS)}
        if op == "between":
            return {"op": op, "value": sorted((self._number(kind), self._number(kind)))}
        return {"op": op, "value": self._moment().isoformat() if kind == "moment" else self._number(kind)}

    def _text(self, op: str, texts: tuple[Any, ...]) -> Any:
        value = self._draw.choice([one for one in texts if one != ""])
        return (
            value[: self._draw.randint(1, 3)]
            if op not in ("equals", "not_equals") and isinstance(value, str)
            else value
        )

    def _number(self, kind: str) -> float:
        draw = self._draw
        choices: dict[str, tuple[float, ...]] = {
            "count": (0, 1, 2, 3),
            "money": (0.3, 10, 19.99, 50, 50.005, 120),
            "number": (-1, 0, 18, 30, 0.5),
            "days": (0, 1, 3, 30),
            "percent": (0, 25, 50, 60, 100),
        }
        return draw.choice(choices[kind])

    def _moment(self) -> datetime:
        return self._start + timedelta(days=self._draw.randint(-60, 20), hours=self._draw.randint(0, 23))
