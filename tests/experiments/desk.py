"""A desk with an experiment on it: people who were assigned, and what they bought."""

from __future__ import annotations

from typing import Any

from hourglass import definitions
from hourglass.definitions import Kind, Kinds
from hourglass.experiments import ExperimentResults, results
from hourglass.messages import POLICY
from hourglass.postgres import Database, find_workspace
from tests.messages.shop import NOW, SHOP, days

CART: dict[str, Any] = {"kind": "journey", "key": "cart", "name": "Cart", "state": "live", "control": 20,
                        "entry": {"event": "Product Added"}, "steps": [{"wait": "1h"}]}  # fmt: skip
LATER = NOW + days(30)
KINDS = Kinds([Kind(name="journey", read=dict), POLICY])


class ExperimentDesk:
    """People who were assigned, and what they bought."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._orders = 0

    def run(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.database.transaction() as tx:
            cursor = tx.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def define(self, document: dict[str, Any], at: Any = NOW) -> None:
        with self.database.transaction() as tx:
            definitions.put(tx, SHOP, document, kinds=KINDS, author="test", now=at)

    def people(self, count: int) -> list[int]:
        return [row[0] for row in self.run(
            "INSERT INTO profiles (workspace_id, known, first_seen_at, last_seen_at)"
            " SELECT 1, true, %(now)s, %(now)s FROM generate_series(1, %(count)s) RETURNING id", now=NOW, count=count,
        )]  # fmt: skip

    def enter(self, people: list[int], *, control: bool = False, at: Any = NOW, state: str = "exited") -> None:
        self.run(
            "INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, entered_at,"
            " end_reason, entry_seq) SELECT 1, d.id, 1, p, 'entry', %(state)s, %(at)s, %(reason)s, 1"
            " FROM definitions d, unnest(%(people)s::bigint[]) p WHERE d.key = 'cart'",
            people=people, at=at, state=state, reason="control_group" if control else None,
        )  # fmt: skip

    def buy(self, people: list[int], at: Any, net: int = 1000, currency: str = "EUR") -> None:
        self._orders += 1
        self.run(
            "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue,"
            " currency) SELECT 1, %(order)s || '-' || p, 1, p, 'completed', %(at)s, %(at)s, %(net)s, %(currency)s"
            " FROM unnest(%(people)s::bigint[]) p",
            order=f"o{self._orders}", people=people, at=at, net=net, currency=currency,
        )  # fmt: skip

    def results(self, kind: Any = "journey", key: str = "cart", now: Any = LATER, **more: Any) -> ExperimentResults:
        with self.database.transaction() as tx:
            return results(tx, find_workspace(tx), kind, key, now, **more)
