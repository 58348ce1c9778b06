"""A random shop life: people who come anonymously and become known, buy, change their minds, are merged and erased;
events that come late, twice, or as history; and a clock that jumps over days, and over the change to summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hourglass import commerce, profiles
from hourglass.audience.computed import compute
from hourglass.audience.live.catalogue import CatalogueWatch
from hourglass.channels import discover
from hourglass.kernel import Workspace
from hourglass.postgres import list_workspaces
from tests.audience.agreement.calls import Calls
from tests.audience.oracle.people import Order, Person, Stocked, Told, World
from tests.engine.shop import SHOP, Shop

START = datetime(2026, 3, 25, 21, 30, tzinfo=UTC)
"""Three days before Belgrade and Almaty's neighbours in time go their own ways."""

_PEOPLE = (
    "SELECT p.id, p.email, p.phone, c.traits FROM profiles p LEFT JOIN computed_traits c ON c.profile_id = p.id"
    " WHERE p.merged_into IS NULL"
)
_ORDERS = "SELECT profile_id, id, state, ordered_at, currency, lines FROM orders"
_PRODUCTS = "SELECT id, price, currency, stock, available, restocked_at, category, brand, name FROM products"
_MESSAGE = (
    "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
    " address, created_at, not_before)"
    " SELECT 1, p.id, 1, 1, (SELECT count(*) FROM messages)::text, 'email', 'hello', 'marketing', 'sent', p.email,"
    " %s, %s FROM profiles p WHERE p.email IS NOT NULL AND p.merged_into IS NULL ORDER BY p.id LIMIT 1"
    " RETURNING id, proof::text,"
    " (SELECT min(value) FROM identities i WHERE i.profile_id = messages.profile_id AND i.kind = 'user_id')"
)


class Life:
    """Sends what happens into a shop, and remembers it for the oracle."""

    def __init__(self, shop: Shop, draw: Random) -> None:
        self.shop, self._draw = shop, draw
        self._calls, self._watch = Calls(draw), CatalogueWatch()
        self._sent: list[dict[str, Any]] = []

    def happen(self) -> None:
        """A few things at once, then time."""
        calls = [self._calls.call(self.shop.clock.now()) for _ in range(self._draw.randint(1, 60))]
        if self._sent and self._draw.random() < 0.3:
            calls.append(self._draw.choice(self._sent))
        for call in calls:
            self.shop.send(call, historical=call.get("context", {}).get("historical", False))
            if call not in self._sent:
                self._sent.append(call)
        jump = self._draw.choice((timedelta(), timedelta(minutes=1), timedelta(hours=5), timedelta(days=2, hours=3)))
        self.shop.tick(jump)
        if self._draw.random() < 0.25:
            self._decide()
        if self._draw.random() < 0.25:
            self._bounce()
        if self._draw.random() < 0.2:
            compute(self.shop.database, self.shop.settings.data, self._workspace(), self.shop.clock.now())
        self._look()
        self.shop.tick(timedelta())

    def _look(self) -> None:
        """As beside the tick: whom changes of the catalogue concern is asked again."""
        self.shop.tick(timedelta())
        workspace = self._workspace()
        with self.shop.database.transaction() as tx:
            self._watch.look(tx, workspace, self.shop.clock.now())

    def _workspace(self) -> Workspace:
        with self.shop.database.transaction() as tx:
            (workspace,) = list_workspaces(tx)
        return workspace

    def _bounce(self) -> None:
        """Somebody's address does not exist."""
        rows = self.shop.rows(_MESSAGE, self.shop.clock.now(), self.shop.clock.now())
        if rows:
            ((number, proof, user),) = rows
            self.shop.send(
                {"userId": user, "event": "Message Bounced", "messageId": f"bounce-{number}",
                 "timestamp": self.shop.clock.now().isoformat(),
                 "properties": {"message_id": number, "proof": proof, "permanent": True}}
            )  # fmt: skip

    def people(self) -> dict[int, Person]:
        """Everybody who is somebody now, put together from all that was sent."""
        homes = self._homes()
        rows = self.shop.rows(_PEOPLE)
        found = {id_: Person(id=id_, addresses={"email": email, "phone": phone}) for id_, email, phone, _ in rows}
        for (kind, _), profile in homes.items():
            found[profile].identifiers.add(kind)
        for order in self.shop.rows(_ORDERS):
            if order[0] in found:
                found[order[0]].orders.append(Order(*order[1:]))
        for seq, call in enumerate(self._sent):
            profile = self._home(call, homes)
            if profile in found:
                _live(found[profile], call, seq)
        computed = {id_: traits or {} for id_, _, _, traits in rows}
        return {profile: _settled(person, computed[profile]) for profile, person in found.items()}

    def world(self, zone: str, segments: dict[str, dict[str, Any]]) -> World:
        """What the other stages know: the catalogue, suppressed addresses, what channels write to."""
        return World(
            now=self.shop.clock.now(),
            zone=zone,
            segments=segments,
            products={row[0]: Stocked(*row[1:]) for row in self.shop.rows(_PRODUCTS)},
            suppressed=set(self.shop.rows("SELECT channel, address FROM suppressions")),
            channels={manifest.channel: manifest.address for manifest in discover().values()},
        )

    def _homes(self) -> dict[tuple[str, str], int]:
        rows = self.shop.rows("SELECT kind, value, profile_id FROM identities")
        return {(kind, value): profile for kind, value, profile in rows}

    def _home(self, call: dict[str, Any], homes: dict[tuple[str, str], int]) -> int | None:
        """An event belongs to whom its strongest identifier belongs to."""
        traits = call.get("traits", {})
        said = {
            "user_id": call.get("userId"),
            "email": traits.get("email", "").lower(),
            "phone": traits.get("phone"),
            "anonymous_id": call.get("anonymousId"),
        }
        return next((homes.get((kind, str(said[kind]))) for kind in profiles.STRENGTH if said[kind]), None)

    def _decide(self) -> None:
        """A person at the desk merges two people, parts them again, or erases one."""
        rows = self.shop.rows("SELECT id, profile_id FROM identities ORDER BY id")
        merged = self.shop.rows("SELECT low, high FROM identity_links WHERE kind = 'merge' AND state = 'applied'")
        low, high = sorted(self._draw.sample(rows, 2)) if len(rows) > 1 else (rows[0], rows[0])
        now, roll = self.shop.clock.now(), self._draw.random()
        with self.shop.database.transaction() as tx:
            if roll < 0.3:
                homes = self._homes()
                profiles.erase(tx, SHOP, low[1], now)
                # What is erased was never sent, as far as the oracle is concerned.
                self._sent = [call for call in self._sent if self._home(call, homes) != low[1]]
            elif roll < 0.5 and merged:
                one, other = self._draw.choice(sorted(merged))
                commerce.follow(profiles.unmerge(tx, SHOP, one, other, "test", now).moved, tx, SHOP)
            elif low[1] != high[1]:
                commerce.follow(profiles.merge(tx, SHOP, low[0], high[0], "test", now).moved, tx, SHOP)


def _live(person: Person, call: dict[str, Any], seq: int) -> None:
    at = datetime.fromisoformat(call["timestamp"])
    name = call.get("event", "Profile Identified")
    person.events.append(Told(name=name, at=at, seq=seq, properties=call.get("properties", {})))
    if call.get("type") == "identify":
        person.told_traits.append((at, call["traits"]))


def _settled(person: Person, computed: dict[str, Any]) -> Person:
    """The latest word on every trait and on every topic."""
    for _, traits in sorted(person.told_traits, key=lambda told: told[0]):
        person.traits |= traits
    person.traits |= computed
    for event in sorted(person.events, key=lambda event: event.at):
        if event.name in ("Consent Granted", "Consent Withdrawn"):
            said = event.properties
            person.ledger.append((said["channel"], said["topic"], event.name == "Consent Granted"))
    return person
