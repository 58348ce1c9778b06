"""Plays a story on real ticks: the clock jumps from what happens to what falls due, and the senders are off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from hourglass import recipes
from hourglass.app.kinds import KINDS
from hourglass.engine import Engine
from hourglass.journeys.effects.tasks import finish_task, take_task
from hourglass.journeys.entries.sweep import Sweep
from hourglass.kernel import Workspace
from hourglass.messages import Rehearsal
from hourglass.postgres import list_workspaces
from tests.engine.shop import SHOP, Shop
from tests.recipes.story import MONDAY, Happening, Story

_GOODS = {
    "mug": ("Stoneware mug", 18.5, "kitchen"),
    "lamp": ("Paper lantern", 32.0, "light"),
    "throw": ("Linen throw", 64.0, "home"),
    "candle": ("Beeswax candle", 14.0, "light"),
    "bowl": ("Serving bowl", 29.0, "kitchen"),
    "coffee": ("Coffee beans, 1 kg", 21.0, "pantry"),
    "table": ("Oak table", 890.0, "home"),
}
_ABOUT_TASKS: dict[str, Callable[..., object]] = {"take": take_task, "done": finish_task}
_STUCK = timedelta(minutes=1)
_BRAND = {
    "kind": "brand", "key": "default", "name": "Field & Hearth", "url": "https://field.shop",
    "address": "12 Mill Lane, Bath", "email": "hello@field.shop",
}  # fmt: skip


class Week:
    """A shop with one recipe, and the people of its story."""

    def __init__(self, shop: Shop, key: str, story: Story, seen: Callable[[int], None] = lambda _: None) -> None:
        """`seen` gets the number of each message when it left."""
        self.shop, self.key, self.story, self._seen = shop, key, story, seen
        self._engine, self._rehearsal = Engine(), Rehearsal()
        self._sent: set[int] = set()
        self._sweep = Sweep()
        self._hours = _hours(recipes.recipe(key).journey["entry"])
        self._moment(MONDAY)

    def play(self) -> None:
        """From the first to the last thing."""
        self._begin()
        left = sorted(self.story.events, key=lambda one: one.moment)
        now, idle = MONDAY, False
        while True:
            due = self._due()
            if due is not None and idle:
                due = max(due, now + _STUCK)
            hour = min((_next(now, one) for one in self._hours), default=None)
            moments = [one for one in (left[0].moment if left else None, due, hour) if one is not None]
            if not moments or (next_ := max(now, min(moments))) > self.story.end:
                return
            now = next_
            self._moment(now)
            if now == hour == min(moments) and len({*moments}) == len(moments) and not self._look():
                continue
            while left and left[0].moment <= now:
                self._happens(left.pop(0))
            idle = not self._work()

    def workspace(self) -> Workspace:
        """The shop's."""
        with self.shop.database.transaction() as tx:
            return list_workspaces(tx)[0]

    def _work(self) -> bool:
        """Ticks, the look for occasions beside them, and delivery; whether there was anything to do."""
        report = self.shop.tick()
        while self._look():
            report = report.plus(self.shop.tick())
        return bool(self._deliver(self.shop.clock.now())) or not report.idle

    def _look(self) -> int:
        return self._sweep.look(self.shop.database, self.workspace(), self.shop.clock.now())

    def _begin(self) -> None:
        goods = [
            {"event": "Product Updated", "userId": "store",
             "properties": {"product_id": id_, "name": name, "price": price, "category": category, "currency": "EUR",
                            "url": f"https://field.shop/p/{id_}", "stock": self.story.stock.get(id_, 50)}}
            for id_, (name, price, category) in _GOODS.items()
        ]  # fmt: skip
        self.shop.send(*goods)
        self.shop.send(*({"anonymousId": f"a{n}", "event": "Page Viewed"} for n in range(self.story.crowd)))
        for name, person in self.story.people.items():
            traits = {"email": f"{name}@customers.example", "firstName": name.title(), "locale": person.locale,
                      **person.traits}  # fmt: skip
            self.shop.send({"type": "identify", "userId": name, "traits": traits})
            for channel in (*(["email"] if person.consent else []), *person.channels):
                granted = {"channel": channel, "topic": "news"}
                self.shop.send({"userId": name, "event": "Consent Granted", "properties": granted})
        self.shop.tick()
        self.shop.define(_BRAND)
        with self.shop.database.transaction() as tx:
            for name, person in self.story.people.items():
                tx.execute(
                    "INSERT INTO computed_traits (workspace_id, profile_id, traits, computed_at) "
                    "SELECT workspace_id, profile_id, %s, %s FROM identities WHERE kind = 'user_id' AND value = %s",
                    (Jsonb(person.computed), MONDAY, name),
                )
            choice = recipes.RecipeChoice(settings=self.story.settings, live=True)
            workspace = list_workspaces(tx)[0]
            recipes.add(tx, workspace, self.key, choice, kinds=KINDS, author="test", now=MONDAY)
        self._work()

    def _happens(self, one: Happening) -> None:
        details: dict[str, Any] = dict(one.properties)
        if one.event == "identify":
            self.shop.send({"type": "identify", "userId": one.who, "traits": details})
            return
        if one.event in _ABOUT_TASKS:
            self._to_the_task(_ABOUT_TASKS[one.event], one.who)
            return
        self.shop.send({"userId": one.who, "event": one.event, "properties": {"currency": "EUR", **details}})

    def _to_the_task(self, act: Callable[..., object], who: str) -> None:
        """Somebody of the shop turns to the latest task about a customer."""
        [(id_,)] = self.shop.rows(
            "SELECT max(t.id) FROM journey_tasks t JOIN identities i ON i.profile_id = t.profile_id WHERE i.value = %s",
            who,
        )
        with self.shop.database.transaction() as tx:
            act(tx, SHOP, id_, author="olga", now=self.shop.clock.now(), partitions=1)

    def _deliver(self, now: datetime) -> int:
        with self.shop.database.transaction() as tx:
            done = self._rehearsal.deliver(tx, now)
        if done:
            for (id_,) in self.shop.rows("SELECT id FROM messages WHERE state = 'sent' ORDER BY id"):
                if id_ not in self._sent:
                    self._sent.add(id_)
                    self._seen(id_)
        return done

    def _due(self) -> datetime | None:
        with self.shop.database.transaction() as tx:
            moments = (self._engine.next_due(tx, list_workspaces(tx)[0]), self._rehearsal.next_due(tx))
        return min((one for one in moments if one is not None), default=None)

    def _moment(self, now: datetime) -> None:
        self.shop.clock.advance(now - self.shop.clock.now())


def _hours(entry: dict[str, Any]) -> tuple[int, ...]:
    """When to look for occasions that no event tells of: at their hour, and at midnight, where one too early shows."""
    if {"date", "schedule"}.isdisjoint(entry):
        return ()
    return (0, int(str(entry.get("at", "10:00"))[:2]))


def _next(now: datetime, hour: int) -> datetime:
    today = now.replace(hour=hour, minute=0)
    return today if today > now else today + timedelta(days=1)


def sent(week: Week) -> list[tuple[datetime, str, str]]:
    """When, to whom, which template; in the order of time."""
    rows = week.shop.rows(
        "SELECT m.sent_at, i.value, m.template FROM messages m "
        "JOIN identities i ON i.profile_id = m.profile_id AND i.kind = 'user_id' WHERE m.state = 'sent' "
        "ORDER BY 1, 2, 3"
    )
    return [(at, who, template) for at, who, template in rows]


def brought(week: Week) -> recipes.RecipeReport:
    """What the recipe reports."""
    with week.shop.database.transaction() as tx:
        return recipes.report(tx, list_workspaces(tx)[0], week.key)


def reasons(week: Week, who: str, template: str) -> set[str]:
    """Why somebody did not get it: what the gate said, how their runs ended, or that they never had any."""
    told = week.shop.rows(
        "SELECT m.reason FROM messages m JOIN identities i ON i.profile_id = m.profile_id AND i.kind = 'user_id' "
        "WHERE i.value = %s AND m.template = %s AND m.state <> 'sent'",
        who, template,
    )  # fmt: skip
    ended = week.shop.rows(
        "SELECT r.end_reason FROM journey_runs r JOIN definitions d ON d.id = r.journey_id AND d.key = %s "
        "JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id' WHERE i.value = %s",
        week.key, who,
    )  # fmt: skip
    return {str(row[0]) for row in (*told, *ended)} or {"never_entered"}


def tasks(week: Week) -> list[str]:
    """What is to be done."""
    return sorted(row[0] for row in week.shop.rows("SELECT title FROM journey_tasks"))


def unsubscribed(week: Week) -> set[str]:
    """Whose last word about news is no."""
    rows = week.shop.rows(
        "SELECT DISTINCT ON (i.value) i.value, c.granted FROM consents c "
        "JOIN identities i ON i.profile_id = c.profile_id AND i.kind = 'user_id' ORDER BY i.value, c.at DESC, c.id DESC"
    )
    return {who for who, granted in rows if not granted}
