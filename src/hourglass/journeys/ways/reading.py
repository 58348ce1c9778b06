"""Reads the entry of a journey from its document, with the path of every mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, cast, get_args

from hourglass.audience import meant, read_where
from hourglass.journeys.ways.rhythm import read_rhythm, read_time
from hourglass.journeys.ways.way import Change, Entry, OnCall, OnDate, OnEvent, OnProduct, OnSchedule, OnSegment, Way
from hourglass.kernel import Malformed, parse_duration

_ORDER = {
    "paid": "Order Completed",
    "shipped": "Order Shipped",
    "delivered": "Order Delivered",
    "cancelled": "Order Cancelled",
    "refunded": "Order Refunded",
}
_MESSAGE = {
    "sent": "Message Sent",
    "delivered": "Message Delivered",
    "opened": "Message Opened",
    "clicked": "Message Clicked",
    "bounced": "Message Bounced",
    "failed": "Message Failed",
    "complained": "Message Complained",
}
_ORDER_CHANGED, _FORM = "Order Updated", "Form Submitted"
_INTEREST = {"viewed": "Product Viewed", "added": "Product Added", "wishlist": "Product Added to Wishlist"}
_WISHED = timedelta(days=90)
_USUAL = {"viewed": "30d", "added": "30d", "wishlist": True}
_SECONDS = {"m": 60, "h": 3600, "d": 86400}
_LONGEST_OFFSET = 366


def read_entry(value: object) -> Entry:
    """`{event: Product Added}` or another way in. Raises Malformed."""
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    ways = [word for word in _READERS if word in told and not (word == "segment" and "schedule" in told)]
    if len(ways) != 1:
        raise Malformed(_no_way(cast("object", value), ways, told), path="entry")
    reader, fields = _READERS[ways[0]]
    known = {ways[0], "throttle", *fields}
    strange = sorted(map(str, told.keys() - known))
    if strange:
        near = meant(strange[0], known)
        sentence = f"This entry has no “{strange[0]}”; known: {', '.join(sorted(known))}.{near}"
        raise Malformed(sentence, path=f"entry.{strange[0]}")
    return Entry(way=reader(told), pace=_pace(told.get("throttle")))


def _no_way(value: object, ways: Sequence[str], told: Mapping[str, Any]) -> str:
    """What is wrong with an entry that names no way, or several."""
    if len(ways) > 1:
        return f"One way in for each journey; here are {' and '.join(ways)}. Make a journey of each."
    if isinstance(value, str):
        return f"`entry` is a map: {{event: {value}}}."
    near = next((hint for word in told if (hint := meant(word, _READERS))), "")
    return f"`entry` says what lets people in, by one of {', '.join(sorted(_READERS))}: {{event: Product Added}}.{near}"


def _event(told: Mapping[str, Any]) -> Way:
    return OnEvent(event=_text(told, "event"), where=read_where(told.get("where"), "entry.where"))


def _order(told: Mapping[str, Any]) -> Way:
    """`{order: shipped}`, or a status as the shop calls it: `{order: {status: did-not-get-through}}`."""
    where = read_where(told.get("where"), "entry.where")
    if not isinstance(told["order"], dict):
        return OnEvent(event=_ORDER[_one_of(told, "order", tuple(_ORDER))], where=where)
    asked = cast("dict[str, Any]", told["order"])
    if set(asked) != {"status"} or not isinstance(asked["status"], str) or not asked["status"]:
        raise Malformed("An order has a status as the shop calls it: {order: {status: packed}}.", path="entry.order")
    status = read_where([_equals("status", asked["status"])], "entry.order")
    return OnEvent(event=_ORDER_CHANGED, where=(*status, *where))


def _message(told: Mapping[str, Any]) -> Way:
    """Of opens and clicks those by people; of one journey or template, where it is named."""
    outcome = _one_of(told, "message", tuple(_MESSAGE))
    filters = [_equals(field, _text(told, field)) for field in ("journey", "template", "channel") if field in told]
    if outcome in ("opened", "clicked"):
        filters.append(_equals("by", "human"))
    return OnEvent(event=_MESSAGE[outcome], where=read_where(filters, "entry"))


def _form(told: Mapping[str, Any]) -> Way:
    """Of one form; what was filled in may narrow it."""
    named = read_where([_equals("form", _text(told, "form"))], "entry.form")
    return OnEvent(event=_FORM, where=(*named, *read_where(told.get("where"), "entry.where")))


def _segment(told: Mapping[str, Any]) -> Way:
    on = _one_of({"on": told.get("on", "entered")}, "on", ("entered", "left"))
    existing = _flag(told, "existing")
    if existing and on == "left":
        raise Malformed("`existing` goes with on: entered: who left is in no segment.", path="entry.existing")
    return OnSegment(segment=_text(told, "segment"), on=cast("Any", on), existing=existing)


def _schedule(told: Mapping[str, Any]) -> Way:
    return OnSchedule(rhythm=read_rhythm(told["schedule"], "entry.schedule"), segment=_text(told, "segment"))


def _date(told: Mapping[str, Any]) -> Way:
    return OnDate(
        trait=_text(told, "date"),
        days=_days(told.get("offset", "0d")),
        at=read_time(told.get("at", "10:00"), "entry.at"),
        yearly=_flag(told, "yearly"),
    )


def _product(told: Mapping[str, Any]) -> Way:
    change = cast("Change", _one_of(told, "product", get_args(Change)))
    wanted = {"price_drop": "by", "low_stock": "below"}.get(change)
    for field in ("by", "below"):
        if field in told and field != wanted:
            raise Malformed(f"“{change}” has no `{field}`.", path=f"entry.{field}")
    share, amount = _drop(told.get("by", 0))
    below = told.get("below", 5)
    if isinstance(below, bool) or not isinstance(below, int) or below < 1:
        raise Malformed("`below` is a number of pieces, like 5.", path="entry.below")
    interested, favourite = _interest(told.get("interested", _USUAL))
    region = _text(told, "region") if "region" in told else None
    if region is not None and change != "back_in_stock":
        raise Malformed(f"“{change}” has no `region`; only back_in_stock has.", path="entry.region")
    return OnProduct(
        change=change,
        share=share,
        amount=amount,
        below=below,
        interested=interested,
        favourite=favourite,
        region=region,
    )


def _call(told: Mapping[str, Any]) -> Way:
    if told.get("api", told.get("manual")) is not True:
        raise Malformed("Write {api: true}: people are put in by a program or by hand.", path="entry")
    return OnCall()


def _drop(value: object) -> tuple[float, float]:
    """`10%` is a part of the old price, 500 a sum."""
    shape = re.fullmatch(r"(\d{1,2}(?:\.\d+)?)\s*%", str(value))
    if shape:
        return float(shape[1]) / 100, 0
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Malformed("`by` is a part of the old price like 10%, or a sum like 500.", path="entry.by")
    return 0, float(value)


def _interest(value: object) -> tuple[tuple[tuple[str, timedelta], ...], bool]:
    """The events that show interest with their spans, and whether who buys it most is interested, too."""
    told = dict(cast("dict[str, Any]", value)) if isinstance(value, dict) else {}
    favourite = told.pop("favourite", False)
    if (not told and not favourite) or told.keys() - _INTEREST or not isinstance(favourite, bool):
        raise Malformed(
            "`interested` is {viewed: 30d, added: 30d, wishlist: true, favourite: true}.", path="entry.interested"
        )
    return tuple(
        (_INTEREST[word], _WISHED if span is True else parse_duration(str(span), f"entry.interested.{word}"))
        for word, span in told.items()
        if span is not False
    ), favourite


def _days(value: object) -> int:
    text = str(value)
    span = parse_duration(text.removeprefix("-").removeprefix("+"), "entry.offset")
    if span % timedelta(days=1) or span.days > _LONGEST_OFFSET:
        raise Malformed("`offset` is whole days, up to a year: -3d is three days before.", path="entry.offset")
    return -span.days if text.startswith("-") else span.days


def _pace(value: object) -> timedelta | None:
    """`500/h` to the time between two people."""
    if value is None:
        return None
    shape = re.fullmatch(r"([1-9]\d{0,8})/([mhd])", str(value))
    if not shape:
        raise Malformed("`throttle` is how many may enter in a span: 500/h, 20/m or 3000/d.", path="entry.throttle")
    return timedelta(seconds=_SECONDS[shape[2]] / int(shape[1]))


def _equals(name: str, value: str) -> dict[str, Any]:
    return {"property": name, "op": "equals", "value": value}


def _text(told: Mapping[str, Any], field: str) -> str:
    value = told.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"“{field}” is missing or is not a text.", path=f"entry.{field}")
    return value


def _one_of(told: Mapping[str, Any], field: str, known: tuple[str, ...]) -> str:
    value = told.get(field)
    if not isinstance(value, str) or value not in known:
        raise Malformed(f"“{field}” is one of {', '.join(known)}.{meant(value, known)}", path=f"entry.{field}")
    return value


def _flag(told: Mapping[str, Any], field: str) -> bool:
    value = told.get(field, False)
    if not isinstance(value, bool):
        raise Malformed(f"“{field}” is true or false.", path=f"entry.{field}")
    return value


_READERS: dict[str, tuple[Callable[[Mapping[str, Any]], Way], frozenset[str]]] = {
    "event": (_event, frozenset({"where"})),
    "segment": (_segment, frozenset({"on", "existing"})),
    "schedule": (_schedule, frozenset({"segment"})),
    "date": (_date, frozenset({"offset", "at", "yearly"})),
    "product": (_product, frozenset({"by", "below", "interested", "region"})),
    "order": (_order, frozenset({"where"})),
    "message": (_message, frozenset({"journey", "template", "channel"})),
    "form": (_form, frozenset({"where"})),
    "api": (_call, frozenset()),
    "manual": (_call, frozenset()),
}
