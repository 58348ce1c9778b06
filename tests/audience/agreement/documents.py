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
EVENTS = (
    "Order Completed", "Order Completed", "Product Viewed", "Product Viewed", "Product Added", "Lesson Watched",
    "Product Added to Wishlist", "Order Cancelled",
)  # fmt: skip
MESSAGES = (
    "Message Sent", "Message Sent", "Message Sent", "Message Opened", "Message Clicked", "Message Delivered",
)  # fmt: skip
PRODUCTS = ("p1", "p2", "p3", "p4")
_CELLS = ("champions", "loyal", "new", "promising", "lost", "hibernating", "about_to_sleep", "potential_loyal")
_STAGES = ("visitor", "lead", "subscriber", "first", "repeat", "loyal", "lapsing", "lost")
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
        leaves: list[Callable[[], dict[str, Any]]] = [self._did] * 6 + [self._trait] * 2 + [self._sequence] * 2
        leaves += [self._product] * 2 + [self._messages, self._consent, self._reachable, self._computed]
        leaves += [self._identified, self._sample]
        if self._segments:
            leaves.append(lambda: {"segment": self._draw.choice(self._segments)})
        return self._draw.choice(leaves)()

    def _trait(self) -> dict[str, Any]:
        name, kind = self._draw.choice((("city", "text"), ("age", "number"), ("joined", "moment"), ("vip", "text")))
        if self._draw.random() < 0.15:
            return {"trait": name, "op": self._draw.choice(("exists", "missing"))}
        return {"trait": name, **self._comparison(kind, CITIES if name == "city" else (True, False, "true"))}

    def _computed(self) -> dict[str, Any]:
        name, kind, texts = self._draw.choice(
            (
                ("rfm.cell", "text", _CELLS),
                ("rfm.frequency", "count", ()),
                ("rfm.monetary", "money", ()),
                ("value.band", "text", ("top_20", "mid", "low")),
                ("lifecycle.stage", "text", _STAGES),
                ("favourite.category", "text", CATEGORIES),
                ("engagement.email", "text", ("active", "warm", "never")),
                ("price.deal_share", "percent", ()),
            )
        )
        return {"trait": name, **self._comparison(kind, texts)}

    def _sequence(self) -> dict[str, Any]:
        draw = self._draw
        count = draw.randint(1, 3)
        steps: list[dict[str, Any]] = [self._step()]
        for _ in range(count - 1):
            steps += [{"not": self._step()} for _ in range(draw.choice((0, 0, 1)))]
            steps.append(self._step() | ({"gap": draw.choice(_SPANS)} if draw.random() < 0.5 else {}))
        for _ in range(draw.randint(1 if count == 1 else 0, 1)):
            steps.append({"not": self._step()} | ({"for": draw.choice(_SPANS)} if draw.random() < 0.5 else {}))
        return {"sequence": steps} | ({"within": draw.choice(_SPANS)} if draw.random() < 0.5 else {})

    def _step(self) -> dict[str, Any]:
        name = self._draw.choice((*EVENTS, "Message Opened"))
        if self._draw.random() < 0.6:
            return {"event": name}
        where = self._where()
        # What looks at the present moment has no place in a sequence.
        return {"event": name} if where["op"] in ("in_last", "in_next") else {"event": name, "where": [where]}

    def _messages(self) -> dict[str, Any]:
        draw = self._draw
        which: dict[str, Any] = {"last": draw.randint(1, 4)}
        which |= {"channel": draw.choice(("email", "sms"))} if draw.random() < 0.4 else {}
        which |= {"journey": draw.choice(("welcome", "cart"))} if draw.random() < 0.3 else {}
        document: dict[str, Any] = {"messages": which, "did": draw.choice(("opened", "clicked", "delivered"))}
        percent = draw.random() < 0.3
        document |= self._comparison("percent" if percent else "count", ())
        document |= {"unit": "percent"} if percent else {}
        return document | ({"within": draw.choice(_SPANS)} if draw.random() < 0.4 else {})

    def _product(self) -> dict[str, Any]:
        draw = self._draw
        document: dict[str, Any] = {
            "product": draw.choice(("last_viewed", "last_viewed", "last_added", "last_wished", "last_bought")),
            "fact": draw.choice(
                ("price_dropped", "back_in_stock", "in_stock", "out_of_stock", "price", "stock", "category", "brand")
            ),
        }
        kind = {"price": "money", "stock": "count", "category": "text", "brand": "text"}.get(document["fact"])
        if kind is not None:
            document |= self._comparison(kind, ("Acme", "Zorro") if document["fact"] == "brand" else CATEGORIES)
        elif document["fact"] == "price_dropped" and draw.random() < 0.5:
            document["by"] = draw.choice(("10%", "50 %", "2.5%"))
        return document | ({"within": draw.choice(_SPANS)} if draw.random() < 0.4 else {})

    def _reachable(self) -> dict[str, Any]:
        topic = {"topic": self._draw.choice(("news", "sale"))} if self._draw.random() < 0.6 else {}
        return {"reachable": self._draw.choice(("email", "email", "sms")), **topic}

    def _identified(self) -> dict[str, Any]:
        return {"identified": self._draw.choice(("user_id", "email", "phone", "anonymous_id"))}

    def _sample(self) -> dict[str, Any]:
        return {"sample": {"percent": self._draw.choice((0.5, 25, 50, 99)), "salt": self._draw.choice("ab")}}

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
                ({"share": {"of": "products.amount", "where": [self._where()]}}, "percent"),
                ({"distinct": "products.category"}, "count"),
                ({"sum": "products.quantity"}, "count"),
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
                ("products.quantity", "count"),
                ("product_id", "product"),
                ("currency", "currency"),
            )
        )
        texts = {"product": PRODUCTS, "currency": ("EUR", "USD")}.get(kind)
        return {"property": name, **self._comparison("text" if texts else kind, texts or CATEGORIES)}

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
