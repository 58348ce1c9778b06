"""The page on which a person chooses what to hear about, on which channel, how often and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Malformed
from hourglass.messages.letters.announce import Word, announce, traits, word
from hourglass.messages.letters.gesture import Gesture
from hourglass.messages.letters.language import LANGUAGES
from hourglass.messages.letters.subscriber import Subscriber
from hourglass.messages.letters.topic import Topic, read_topic
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC, current, grant, strongest, subscribe, withdraw

_queries = Queries(Path(__file__).with_name("preferences.sql"))
PAUSE = timedelta(days=30)
_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
Pair = tuple[str, str]
"""Channel and topic."""


class Offer(Struct, frozen=True, kw_only=True):
    """One topic as it is offered, and on each channel that reaches the person whether they have it."""

    key: str
    name: str
    description: str
    channels: dict[str, bool]
    waiting: frozenset[str]
    """Channels on which a yes waits for its confirmation."""


class Preferences(Struct, frozen=True, kw_only=True):
    """Everything on the page."""

    offers: list[Offer]
    paused_until: datetime | None
    fewer: bool


class Wishes(Struct, frozen=True, kw_only=True):
    """What was sent: of the pairs that were shown, those that are wanted."""

    shown: frozenset[Pair] = frozenset()
    wanted: frozenset[Pair] = frozenset()
    fewer: bool = False
    locale: str | None = None


def preferences_of(tx: Transaction, who: Subscriber, addresses: Mapping[str, str], now: datetime) -> Preferences:
    """What a person has. `addresses`: which identifier each channel writes to."""
    place = {"workspace_id": who.workspace_id, "person": who.person}
    standing = _standing(tx, who)
    asked = {(row[0], row[1]) for row in _queries.tuples(tx, "unconfirmed", **place, now=now)}
    until = {wish: moment for wish, moment in _queries.tuples(tx, "wishes", **place) if moment is not None}
    offers = [_offer(topic, who, addresses, standing, asked) for topic in _topics(tx, who)]
    return Preferences(
        offers=[one for one in offers if one.channels],
        paused_until=until["pause"] if until.get("pause", now) > now else None,
        fewer=until.get("fewer", now) > now,
    )


def choose(tx: Transaction, who: Subscriber, wishes: Wishes, gesture: Gesture, now: datetime, partitions: int) -> None:
    """Make it so: at once, with proof, and as events."""
    standing = _standing(tx, who)
    told: list[Word] = []
    for channel, topic in sorted(wishes.shown):
        wanted, has = (channel, topic) in wishes.wanted, standing.get((channel, topic), False)
        if wanted == has:
            continue
        one = word("Subscribed" if wanted else "Unsubscribed", channel=channel, topic=topic, source=gesture.way)
        if wanted and not _granted(tx, who, (channel, topic), gesture, now, one):
            continue
        if not wanted:
            withdraw(tx, who.workspace_id, [who.person], gesture.says(channel, topic, now, one.event))
        told.append(one)
    _wish(tx, who, "fewer", _FOR_EVER if wishes.fewer else None, gesture, now)
    if wishes.locale in LANGUAGES and wishes.locale != who.language:
        told.append(traits(locale=wishes.locale))
    announce(tx, who.workspace_id, who.person, told, gesture.context(), now, partitions)


def pause(tx: Transaction, who: Subscriber, until: datetime | None, gesture: Gesture, now: datetime) -> None:
    """No marketing until then; None: the pause is over."""
    _wish(tx, who, "pause", until, gesture, now)


def leave(tx: Transaction, who: Subscriber, gesture: Gesture, now: datetime, partitions: int) -> None:
    """No more of anything on any channel."""
    one = word("Unsubscribed", source=gesture.way)
    withdraw(tx, who.workspace_id, [who.person], gesture.says(None, None, now, one.event))
    announce(tx, who.workspace_id, who.person, [one], gesture.context(), now, partitions)


def pair(text: str) -> Pair:
    """`email:news` as a form sends it. Raises Malformed."""
    channel, _, topic = text.partition(":")
    if not channel or not topic or len(text) > 200:
        raise Malformed("This is not what the page sends.", path="wanted")
    return channel, topic


def _granted(tx: Transaction, who: Subscriber, one: Pair, gesture: Gesture, now: datetime, told: Word) -> bool:
    """A yes on the channel whose address the link was sent to is confirmed by that; another may have to be."""
    channel, topic = one
    say = grant if channel == who.channel else subscribe
    done = say(tx, who.workspace_id, [who.person], gesture.says(channel, topic, now, told.event))
    return done is not False


def _wish(tx: Transaction, who: Subscriber, wish: str, until: datetime | None, gesture: Gesture, now: datetime) -> None:
    [(_, identity)] = strongest(tx, who.workspace_id, [who.person])
    _queries.execute(
        tx,
        "wish",
        workspace_id=who.workspace_id,
        person=who.person,
        identity=identity,
        wish=wish,
        until=until,
        now=now,
        source=gesture.way,
        ip=gesture.ip,
        user_agent=gesture.user_agent,
    )


def _topics(tx: Transaction, who: Subscriber) -> list[Topic]:
    found: list[Topic] = []
    for (body,) in _queries.tuples(tx, "topics", workspace_id=who.workspace_id):
        try:
            found.append(read_topic(body))
        except Malformed:
            continue  # saved by a version that was less strict
    return sorted(found, key=lambda topic: topic.called(who.language).lower())


def _standing(tx: Transaction, who: Subscriber) -> dict[Pair, bool]:
    """What counts for each topic: its own last word or a later one about all topics of the channel."""
    said = {(one.channel, one.topic): one for one in current(tx, who.workspace_id, [who.person])}
    topics = {topic.key for topic in _topics(tx, who)} | {topic for _, topic in said}
    standing: dict[Pair, bool] = {}
    for channel in {channel for channel, _ in said}:
        for topic in topics:
            words = [one for key in (topic, EVERY_TOPIC) if (one := said.get((channel, key)))]
            last = max(words, key=lambda one: (one.at, not one.granted), default=None)
            standing[channel, topic] = last is not None and last.granted
    return standing


def _offer(
    topic: Topic, who: Subscriber, addresses: Mapping[str, str], standing: Mapping[Pair, bool], asked: set[Pair]
) -> Offer:
    reach = [one for one in topic.channels if getattr(who, addresses.get(one, ""), None)]
    has = {channel: standing.get((channel, topic.key), False) for channel in reach}
    shown = {} if topic.hidden and not any(has.values()) else has
    waiting = frozenset(channel for channel in shown if (channel, topic.key) in asked and not shown[channel])
    return Offer(
        key=topic.key,
        name=topic.called(who.language),
        description=topic.described(who.language),
        channels=shown,
        waiting=waiting,
    )
