"""Customers become known: they sign up, say who they are, allow messages, move house, change their mind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from hourglass.demo.chance import between, dice
from hourglass.demo.people import Person, person
from hourglass.demo.retail import Invoice
from hourglass.demo.telling import Moment, Who, identify, track

_BEFORE_FIRST_ORDER = timedelta(minutes=4)


def customers(invoices: Iterable[Invoice], on_device_since: datetime, seed: str) -> Iterator[Moment]:
    """Each customer's own moments; who comes after `on_device_since` was a visitor on her device before."""
    countries: dict[str, str] = {}
    for invoice in invoices:
        if invoice.customer is None:
            continue
        before = countries.get(invoice.customer)
        if before is None:
            she = person(invoice.customer, seed)
            device = she.device if invoice.at >= on_device_since else None
            yield from becomes_known(she, device, invoice.at - _BEFORE_FIRST_ORDER, invoice.country)
            yield from _changes_her_mind(she, invoice.at, seed)
        elif before != invoice.country:
            yield _moved(invoice)
        countries[invoice.customer] = invoice.country


def becomes_known(she: Person, device: str | None, at: datetime, country: str | None) -> Iterator[Moment]:
    """Who she is, that she signed up, and what she allows; a few seconds apart."""
    who = Who(she.user_id, device)
    yield Moment(at, partial(_introduced, she, who, country))
    joined = {"type": "checkout" if country else "form", "locale": she.locale}
    yield Moment(at + timedelta(seconds=2), partial(track, who, "Signed Up", she.user_id, joined))
    for place, topic in enumerate(she.topics):
        allowed = {"channel": "email", "topic": topic, "source": "sign-up form"}
        key = f"{she.user_id}/{topic}"
        yield Moment(at + timedelta(seconds=3 + place), partial(track, who, "Subscribed", key, allowed))


def _introduced(she: Person, who: Who, country: str | None) -> dict[str, object]:
    return identify(who, she.user_id, she.traits(country))


def _changes_her_mind(she: Person, since: datetime, seed: str) -> Iterator[Moment]:
    if not (she.revokes and she.topics):
        return
    at = since + timedelta(days=between(dice(seed, "revokes", she.user_id), 5, 200))
    for topic in she.topics:
        no_more = {"channel": "email", "topic": topic, "source": "unsubscribe link"}
        told = partial(track, Who(she.user_id), "Unsubscribed", f"{she.user_id}/{topic}", no_more)
        yield Moment(at, told)


def _moved(invoice: Invoice) -> Moment:
    who, key = Who(invoice.customer), f"{invoice.customer}/{invoice.number}"
    told = partial(identify, who, key, {"country": invoice.country}, {})
    return Moment(invoice.at - timedelta(minutes=1), told, real=True)
