"""The books after a disaster: everything that was acknowledged, processed, sent and stored, held against each other.

Each check answers with sentences about what is wrong; all well is an empty list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import duckdb
from deltalake import DeltaTable

from hourglass.kernel import digest
from hourglass.postgres import Database
from tests.crash.crowd import Crowd, Customer
from tests.crash.shop import CART_WAIT
from tests.lake.compare import lake_equals_state
from tests.live import Live
from tests.mailbox import Mailbox
from tests.waiting import until

_SHOWN = 5
_REST = 90.0
_OURS = "hg-"
_SENT_NEWS = "hg-message-sent-1-"
_LEFT_OVER = {
    "event_log": "chunks in the log",
    "lake_queue": "frames that the lake did not get",
    "dead_letters": "dead letters",
    "journey_runs WHERE state = 'waiting'": "runs still waiting",
    "messages WHERE state IN ('queued', 'claimed')": "messages neither sent nor settled",
}
_DOUBT = ("crashed_while_sending", "no_answer")


class Books:
    """One installation at rest, and what the outside world knows about it."""

    def __init__(self, live: Live, database: Database, crowd: Crowd, mailbox: Mailbox) -> None:
        self._live = live
        self._database = database
        self._crowd = crowd
        self._mailbox = mailbox
        self._customers = {customer.user_id: customer for customer in crowd.customers}

    def wrong(self) -> list[str]:
        """Everything that is not as it must be."""
        checks = (
            self.client, self.stuck, self.events, self.people, self.orders, self.segments, self.runs, self.messages,
            self.mails,
        )  # fmt: skip
        return [sentence for check in checks for sentence in check()]

    def client(self) -> list[str]:
        """The door said nothing but 200 and a well-formed 503, and every visit came to its end."""
        cut = [f"{self._crowd.interrupted} visits"] if self._crowd.interrupted else []
        return [*_told("answered by the door", self._crowd.refusals), *_told("never got their 200", cut)]

    def stuck(self) -> list[str]:
        """Nothing is left anywhere that nobody will ever touch again."""
        left = [f"{number} {words}" for words, number in left_over(self._database).items() if number]
        folder = self._live.data / "delivery"
        journals = [path.name for path in folder.glob("*.journal") if path.stat().st_size]
        return [*_told("are left over", left), *_told("are journals of dead workers", journals[1:])]

    def events(self) -> list[str]:
        """Acknowledged is in, exactly once; the rest at most once; and nothing else is."""
        acknowledged, doubtful = set(self._crowd.acknowledged), self._crowd.doubtful
        lake = Counter(dict(self._lake("SELECT message_id, count(*) FROM events GROUP BY 1")))
        processed = {str(row[0]) for row in self._rows("SELECT message_id FROM event_ids")}
        strange = {id_ for id_ in lake if not id_.startswith(_OURS)} - acknowledged - doubtful
        counted = self._rows("SELECT coalesce(sum(value), 0)::bigint FROM counters WHERE name = 'events'")[0][0]
        return [
            *_told("were acknowledged and are not in the lake", acknowledged - lake.keys()),
            *_told(
                "were acknowledged and never processed",
                (id_ for id_ in acknowledged if str(digest(id_)) not in processed),
            ),
            *_told("are in the lake more than once", (id_ for id_, times in lake.items() if times > 1)),
            *_told("are in the lake and were never sent", strange),
            *_told("events are counted", [str(counted)] if counted != len(processed) else []),
            *lake_equals_state(self._database, self._live.data),
        ]

    def people(self) -> list[str]:
        """Each customer is one known person with their device, their address and a right count of events."""
        rows = self._rows(
            "SELECT i.value, p.email, p.known, p.merged_into IS NULL FROM identities i "
            "JOIN profiles p ON p.workspace_id = i.workspace_id AND p.id = i.profile_id WHERE i.kind = 'user_id'"
        )
        found = {user_id: rest for user_id, *rest in rows}
        wanted = {customer.user_id: [customer.email, True, True] for customer in self._customers.values()}
        parted = self._rows(
            "SELECT u.value FROM identities u JOIN identities d ON d.kind = 'anonymous_id' "
            "AND replace(d.value, 'device', 'user') = u.value WHERE u.kind = 'user_id' AND u.profile_id <> d.profile_id"
        )
        miscounted = self._rows(
            "SELECT p.id::text FROM profiles p LEFT JOIN identities i ON i.profile_id = p.id "
            "LEFT JOIN events e ON e.identity_id = i.id WHERE p.merged_into IS NULL "
            "GROUP BY p.id, p.events HAVING p.events <> count(e.message_id)"
        )
        return [
            *_told("are not the person they said", (user for user in wanted if found.get(user) != wanted[user])),
            *_told("are people nobody ever was", found.keys() - wanted.keys()),
            *_told("were not joined with their device", (row[0] for row in parted)),
            *_told("are people whose events are miscounted", (row[0] for row in miscounted)),
        ]

    def orders(self) -> list[str]:
        """Every acknowledged order, with its sum and its person, and no other."""
        rows = self._rows(
            "SELECT o.id, i.value, o.revenue, o.state FROM orders o JOIN identities i ON i.id = o.identity_id "
            "JOIN identities own ON own.value = i.value AND own.profile_id = o.profile_id"
        )
        found = {id_: (user_id, revenue, state) for id_, user_id, revenue, state in rows}
        wanted = {
            one.order.id: (one.user_id, one.order.revenue, "completed") for one in self._customers.values() if one.order
        }
        return _told(
            "are orders that differ", (id_ for id_ in found.keys() | wanted if found.get(id_) != wanted.get(id_))
        )

    def segments(self) -> list[str]:
        """Who ordered is in the segment of buyers, and nobody else."""
        rows = self._rows(
            "SELECT i.value FROM segment_members m JOIN identities i ON i.profile_id = m.profile_id "
            "AND i.kind = 'user_id'"
        )
        buyers = {one.user_id for one in self._customers.values() if one.order}
        return _told("are not where they belong", {row[0] for row in rows} ^ buyers)

    def runs(self) -> list[str]:
        """Each customer went through each journey once, and what a run decided is what the outbox holds."""
        rows = self._rows(
            "SELECT d.key, i.value, r.correlation FROM journey_runs r JOIN definitions d ON d.id = r.journey_id "
            "JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id'"
        )
        found, wanted = Counter(rows), Counter(run for one in self._customers.values() for run in _runs_of(one))
        unsent = self._rows(
            "SELECT r.id::text FROM journey_runs r WHERE r.state = 'finished' "
            "AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.run_id = r.id)"
        )
        noted = self._rows(
            "SELECT s.run_id::text FROM run_steps s WHERE s.outcome = 'queued' GROUP BY s.run_id, s.step "
            "HAVING count(*) <> (SELECT count(*) FROM messages m WHERE (m.run_id, m.step) = (s.run_id, s.step))"
        )
        return [
            *_told("are runs that should be", map(str, wanted - found)),
            *_told("are runs that should not be", map(str, found - wanted)),
            *_told("are runs that finished without their message", (row[0] for row in unsent)),
            *_told("are runs whose notes tell of other messages", (row[0] for row in noted)),
        ]

    def messages(self) -> list[str]:
        """Who should get a message has one that was sent, or is in doubt with a reason; an order stops the cart's."""
        rows = self._rows(
            "SELECT i.value, m.template, m.state, m.reason FROM messages m "
            "JOIN identities i ON i.profile_id = m.profile_id AND i.kind = 'user_id'"
        )
        states = {(user_id, template): (state, reason) for user_id, template, state, reason in rows}
        twice = [key for key, number in Counter((row[0], row[1]) for row in rows).items() if number > 1]
        owed = {(one.user_id, template) for one in self._customers.values() for template in _owed(one)}
        unforeseen = {
            f"{key}: {state}, {reason}"
            for key, (state, reason) in states.items()
            if (state == "unknown" and reason not in _DOUBT)
            or (state == "withheld" and reason != "journey_exited")
            or state == "failed"
        }
        left = {key for key, (state, _) in states.items() if state in ("sent", "unknown")}
        return [
            *_told("were owed and not sent", map(str, owed - left)),
            *_told("were sent to somebody twice", map(str, twice)),
            *_told("ended in no way we foresaw", unforeseen),
            *_told("reminders came after an order in time", map(str, left & self._ordered_in_time())),
        ]

    def mails(self) -> list[str]:
        """What the provider got is what the table says, each message at most once, and news about each came home."""
        arrivals = self._mailbox.arrivals()
        rows = self._rows("SELECT id, state, address FROM messages")
        states, addresses = {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}
        sent = {id_ for id_, state in states.items() if state == "sent"}
        news = self._lake(f"SELECT message_id FROM events WHERE message_id LIKE '{_SENT_NEWS}%'")
        told = {int(row[0].removeprefix(_SENT_NEWS)) for row in news}
        astray = [
            mail.message_id
            for mail in self._mailbox.mails
            if addresses.get(mail.number) not in (mail.recipient, None)
            or states.get(mail.number) not in ("sent", "unknown")
        ]
        return [
            *_told("messages were handed over more than once", (str(id_) for id_, n in arrivals.items() if n > 1)),
            *_told("messages are “sent”, and nobody got them", map(str, sent - arrivals.keys())),
            *_told("mails went astray", astray),
            *_told("messages have no event, or an event too many", map(str, sent ^ told)),
        ]

    def counts(self) -> dict[str, Any]:
        """The size of it all, for a report."""
        return {
            "acknowledged": len(self._crowd.acknowledged),
            "in doubt": len(self._crowd.doubtful),
            "requests repeated": self._crowd.repeats,
            "customers": len(self._customers),
            "orders": self._rows("SELECT count(*) FROM orders")[0][0],
            "runs": self._rows("SELECT count(*) FROM journey_runs")[0][0],
            "messages": dict(self._rows("SELECT state, count(*) FROM messages GROUP BY 1 ORDER BY 2 DESC")),
            "mails": len(self._mailbox.mails),
            "files in the lake": len(DeltaTable(self._live.data / "lake" / "events").file_uris()),
        }

    def _ordered_in_time(self) -> set[tuple[str, str]]:
        """Whose order was acknowledged before their reminder fell due."""
        due = dict[str, datetime](
            self._rows(
                "SELECT i.value, r.entered_at FROM journey_runs r JOIN definitions d ON d.id = r.journey_id "
                "AND d.key = 'cart' JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id'"
            )
        )
        return {
            (one.user_id, "cart")
            for one in self._customers.values()
            if one.order and one.user_id in due and one.order.acknowledged_at < due[one.user_id] + CART_WAIT
        }

    def _rows(self, query: str) -> list[Any]:
        with self._database.transaction() as tx:
            return tx.execute(query.encode()).fetchall()

    def _lake(self, query: str) -> list[Any]:
        """Asked from outside: the table's own list of files, read by a DuckDB that knows nothing of us."""
        files = DeltaTable(self._live.data / "lake" / "events").file_uris()
        with duckdb.connect() as plain:
            return plain.execute(f"WITH events AS (SELECT * FROM read_parquet(?)) {query}", [files]).fetchall()


def settle(live: Live, crowd: Crowd, mailbox: Mailbox) -> dict[str, Any]:
    """Let the server come to rest and look into its books, which must be right; what was counted, for a report."""
    live.await_health()
    with live.database() as database:
        until(lambda: not any(left_over(database).values()), _REST)
        books = Books(live, database, crowd, mailbox)
        wrong = books.wrong()
        assert not wrong, "\n".join(wrong)
        return books.counts()


def left_over(database: Database) -> dict[str, int]:
    """What still has to be done, by what it is; all of one moment, since work moves from one place to the next."""
    counts = ", ".join(f"(SELECT count(*) FROM {rows})" for rows in _LEFT_OVER)
    with database.transaction() as tx:
        found = tx.execute(f"SELECT {counts}".encode()).fetchall()[0]
    return dict(zip(_LEFT_OVER.values(), found, strict=True))


def _runs_of(customer: Customer) -> Iterable[tuple[str, str, str]]:
    name = customer.user_id.removeprefix("user-")
    yield "welcome", customer.user_id, ""
    yield "cart", customer.user_id, f"cart-{name}"
    if customer.order:
        yield "confirmation", customer.user_id, customer.order.id


def _owed(customer: Customer) -> tuple[str, ...]:
    return ("welcome", "confirmation") if customer.order else ("welcome", "cart")


def _told(what: str, which: Iterable[str]) -> list[str]:
    all_of_them = sorted(which)
    more = f" and {len(all_of_them) - _SHOWN} more" if len(all_of_them) > _SHOWN else ""
    return [f"{', '.join(all_of_them[:_SHOWN])}{more}: {what}"] if all_of_them else []
