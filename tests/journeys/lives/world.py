"""Plays many lives at once: one database, one clock, the same ticks for all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hourglass import commerce, definitions, journeys, log, profiles
from hourglass.app.kinds import KINDS
from hourglass.audience.build import build
from hourglass.engine import EngineWorker
from hourglass.events import envelope
from hourglass.journeys.effects.answered import Answered, tell_answer
from hourglass.journeys.effects.post import Tried
from hourglass.journeys.entries.sweep import Sweep
from hourglass.kernel import FixedClock, HourglassError, Malformed, Settings, Workspace
from hourglass.postgres import Transaction, list_workspaces
from tests.engine.fragile import FragileDatabase, Gone
from tests.engine.shop import SHOP, TEMPLATE
from tests.journeys.lives.life import Deed, Life
from tests.journeys.lives.owed import Call
from tests.journeys.lives.script import Round, script

_MOST_TICKS = 400
_FULL_PRICE = 20


class World:
    """`lives` by their numbers, all of one script. `wrong`: what was seen of each, while they were played."""

    def __init__(self, url: str, lives: Sequence[Life]) -> None:
        self.lives = {number: life.numbered(number) for number, life in enumerate(lives, 1)}
        self.script = script(lives[0].script)
        self.database = FragileDatabase(url)
        self.clock = FixedClock(self.script.begins)
        self.wrong: dict[int, str] = {}
        self._partitions = 2 * self.script.engines
        self._engines = self._start()
        self._sweep = Sweep()
        self._log: list[bytes] = []
        self.calls: dict[int, list[Call]] = {number: [] for number in self.lives}
        self._told: dict[int, list[dict[str, Any]]] = {number: [] for number in self.lives}
        self._round = 0
        self._joined: dict[int, list[tuple[int, int]]] = {number: [] for number in self.lives}
        with self.database.transaction() as tx:
            tx.execute(b"UPDATE workspaces SET zone = %s", (self.script.zone,))
            self._workspace: Workspace = list_workspaces(tx)[0]
            self._put(tx, TEMPLATE)
            for number, life in self.lives.items():
                for document in (*life.beside(), life.document):
                    self._put(tx, document)
                commerce.add_codes(tx, SHOP, f"pool-{number}", ["A", "B"], self.clock.now())
        for number in self.lives:
            self.price(number, new=_FULL_PRICE)

    def play(self) -> None:
        """Everything in its round."""
        for place, each in enumerate(self.script.rounds):
            self._round = place
            self.clock.advance(each.jump)
            for number, life in self.lives.items():
                for deed in life.deeds:
                    if deed.round == self._round:
                        self._do(number, deed)
            self._send()
            self._work(each)
            self._look_for_stuck()

    def close(self) -> None:
        self._stop()
        self.database.close()

    def _do(self, number: int, deed: Deed) -> None:
        with suppress(HourglassError):
            getattr(self, deed.what)(number, **deed.told)

    # What is done in a life, by its word.

    def act(self, number: int, who: str, event: str, cart: str, *, known: bool) -> None:
        properties = {
            "cart_id": cart,
            "order_id": f"{number} {len(self._told[number])}",
            "product_id": f"tea-{number}",
        }
        name = {"userId": f"{who} {number}"} if known else {"anonymousId": f"device of {who} {number}"}
        id_ = self._tell(number, {**name, "event": event, "properties": properties})
        call = Call(round=self._round, who=who, known=known, event=event, message_id=id_)
        self.calls[number].append(call)

    def introduce(self, number: int, who: str, zone: str, day: int, *, vip: bool) -> None:
        """Who somebody is; the visitor at their device was they."""
        renewal = (self.clock.now() + timedelta(days=day)).date().isoformat()
        traits = {"timezone": zone, f"vip {number}": vip, f"renewal {number}": renewal}
        name = {"userId": f"{who} {number}", "anonymousId": f"device of {who} {number}"}
        self._tell(number, {"type": "identify", **name, "traits": traits})

    def price(self, number: int, new: int) -> None:
        properties = {"product_id": f"tea-{number}", "name": "Tea", "price": new, "currency": "EUR"}
        self._tell(number, {"event": "Product Updated", "userId": f"shop {number}", "properties": properties})

    def send_again(self, number: int, which: int) -> None:
        calls = self._told[number]
        if calls:
            self._log.append(_sealed(calls[which % len(calls)]))

    def enter(self, number: int, who: str) -> None:
        call = journeys.Invitation(people=[journeys.Guest(user_id=f"{who} {number}")])
        with self.database.transaction() as tx:
            journeys.enter(tx, self._workspace, f"journey-{number}", call, self.clock.now())

    def join(self, number: int, one: str, other: str) -> None:
        """By hand: two people are one."""
        with self.database.transaction() as tx:
            ends = [self._identity(tx, f"{name} {number}") for name in (one, other)]
            if None not in ends:
                self._follow(tx, profiles.merge(tx, SHOP, ends[0], ends[1], "tester", self.clock.now()))
                self._joined[number].append((ends[0], ends[1]))

    def part(self, number: int, which: int) -> None:
        """They were two after all."""
        joined = self._joined[number]
        if joined:
            with self.database.transaction() as tx:
                self._follow(tx, profiles.unmerge(tx, SHOP, *joined[which % len(joined)], "tester", self.clock.now()))

    def erase(self, number: int, who: str) -> None:
        with self.database.transaction() as tx:
            found = tx.execute(
                b"SELECT profile_id FROM identities WHERE kind = 'user_id' AND value = %s", (f"{who} {number}",)
            ).fetchone()
            if found:
                profiles.erase(tx, SHOP, found[0], self.clock.now())

    def state(self, number: int, to: str) -> None:
        with self.database.transaction() as tx:
            act = {"pause": journeys.pause, "resume": journeys.resume, "archive": journeys.archive}[to]
            act(tx, SHOP, f"journey-{number}", self.clock.now())

    def take_over(self, number: int, rest: str, *, anew: bool) -> None:
        """Those inside the version before go on in the newest."""
        key, now = f"journey-{number}", self.clock.now()
        with self.database.transaction() as tx:
            newest = definitions.find(tx, SHOP, "journey", key).version
            waits = "anew" if anew else "keep"
            wish = journeys.TakeOver(old=newest - 1, rest=rest, waits=waits, preview=False)
            journeys.take_over(tx, SHOP, key, wish, "tester", now)

    def define(self, number: int, document: dict[str, Any]) -> None:
        with self.database.transaction() as tx:
            self._put(tx, document)

    # How it goes on.

    def _work(self, each: Round) -> None:
        """Until nothing is left to do."""
        if each.accident:
            self.database.break_off(each.accident, each.after)
        self._rest()
        self.database.mend()
        if each.answers:
            self._answer()
        now = self.clock.now
        while self._sweep.look(self.database, self._workspace, now()) + self._built() + self._rest():
            pass

    def _built(self) -> int:
        return build(self.database, Path(), self._workspace, self.clock.now).segments

    def _rest(self) -> int:
        """How many ticks it took until all engines were idle."""
        ticks = idle = 0
        while idle < len(self._engines):
            try:
                idle = idle + 1 if self._engines[ticks % len(self._engines)].once().idle else 0
            except Gone:
                self._stop()
                self._engines, idle = self._start(), 0
            ticks += 1
            assert ticks < _MOST_TICKS, "it never comes to rest"
        return ticks - idle

    def _start(self) -> list[EngineWorker]:
        settings = Settings(
            data=Path(),
            database_url=self.database.url,
            partitions=2 * self.script.engines,
            engine_workers=self.script.engines,
            tick_events=self.script.tick_events,
        )
        return [EngineWorker(self.database, self.clock, settings, number) for number in range(self.script.engines)]

    def _stop(self) -> None:
        for engine in self._engines:
            engine.close()

    def _answer(self) -> None:
        """Other systems answer all that they were asked; every third time with an error."""
        with self.database.transaction() as tx:
            now = self.clock.now()
            asked = tx.execute(
                b"UPDATE journey_calls c SET state = 'done', ended_at = %s FROM journey_runs r, identities i "
                b"WHERE c.state = 'queued' AND r.id = c.run_id AND i.profile_id = r.profile_id AND i.kind = 'user_id' "
                b"RETURNING c.run_id, c.visit, c.journey, c.step, c.proof, i.value",
                (now,),
            ).fetchall()
            for run, visit, journey, step, proof, name in asked:
                about = Answered(run_id=run, visit=visit, journey=journey, step=step, tries=1, proof=proof)
                tried = Tried(ok=run % 3 > 0, detail="")
                mark = f"hg-call-1-{run}-{visit}"
                tell_answer(tx, SHOP, about, ("user_id", name), tried, mark, now, self._partitions)

    def _look_for_stuck(self) -> None:
        """Nobody in a live journey waits past their moment, and nothing was buried."""
        rows = self.rows(
            "SELECT split_part(d.key, '-', 2)::int, r.id, r.step, r.wake_at FROM journey_runs r "
            "JOIN definitions d ON d.id = r.journey_id WHERE r.state = 'waiting' AND d.state = 'live' "
            "AND coalesce(r.wake_at, '-infinity') <= %s",
            self.clock.now(),
        )
        for number, run, step, wake_at in rows:
            self.wrong.setdefault(number, f"run {run} is stuck at {step}: it was to wake at {wake_at}")
        assert self.rows("SELECT reason, detail FROM dead_letters") == []

    def _put(self, tx: Transaction, document: dict[str, Any]) -> None:
        """What could run for ever is refused."""
        with suppress(Malformed):
            definitions.put(tx, SHOP, document, kinds=KINDS, author="tester", now=self.clock.now())

    def _follow(self, tx: Transaction, regrouped: profiles.Regrouped) -> None:
        commerce.follow(regrouped.moved, tx, SHOP)
        journeys.follow(tx, self._workspace, regrouped.absorbed, self.clock.now())

    def _identity(self, tx: Transaction, name: str) -> Any:
        found = tx.execute(b"SELECT id FROM identities WHERE kind = 'user_id' AND value = %s", (name,)).fetchone()
        return found and found[0]

    def _tell(self, number: int, call: dict[str, Any]) -> str:
        calls = self._told[number]
        body = {**call, "messageId": f"call {number} {len(calls)}", "timestamp": self.clock.now().isoformat()}
        calls.append(body)
        self._log.append(_sealed(body))
        return body["messageId"]

    def _send(self) -> None:
        """What was told in a round stands in the log before the engine works."""
        if self._log:
            with self.database.transaction() as tx:
                log.append(tx, SHOP, self._log, self.clock.now(), self._partitions)
            self._log = []

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.database.transaction() as tx:
            return tx.execute(query.encode(), values).fetchall()


def _sealed(body: dict[str, Any]) -> bytes:
    kind: Any = body.get("type", "track")
    return envelope(kind, {name: value for name, value in body.items() if name != "type"})
