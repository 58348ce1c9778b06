"""The report of a campaign, and how one stands, as they are printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from hourglass.campaigns import CampaignReport, Standing
from hourglass.cli.campaign_words import counted, decimal, say
from hourglass.cli.language import Language
from hourglass.kernel import Workspace, to_major
from hourglass.messages import Effect

_NUMBERS = ("delivered", "opened", "clicked", "bounced", "complained", "unsubscribed")
_LISTED = ("recipients", "sent", "withheld", "failed", "unknown", "waiting", "per_minute")


def show_standing(one: Standing, workspace: Workspace, language: Language) -> None:
    """One campaign in a sentence, and what it waits for."""
    state = say(one.state, language)
    print(say("stands", language, name=one.name, state=state, sent=one.sent, recipients=one.recipients,
              waiting=one.waiting))  # fmt: skip
    if one.state == "scheduled" and one.due_at is not None:
        at = one.due_at.astimezone(workspace.tz())
        print(say("fixed_at", language, at=f"{at:%Y-%m-%d %H:%M} ({at.tzinfo})"))
    if one.problem is not None:
        print(say("problem", language, why=one.problem[language]))
    for reason in one.waits_for:
        print(say("waits", language, count=reason.count, why=reason.words[language]))


def show_list(rows: Iterable[Standing], language: Language) -> None:
    """All of them, a line each."""
    names = ["key", "state", *_LISTED, "name"]
    lines = [[one.key, say(one.state, language), *(getattr(one, name) for name in _LISTED), one.name] for one in rows]
    table([say(name, language) for name in names], lines)


def show_report(found: CampaignReport, workspace: Workspace, language: Language) -> None:
    """Who got it and who did not, what they did, what they bought, what it added."""
    show_standing(found.standing, workspace, language)
    numbers = {name: getattr(found, name) for name in _NUMBERS}
    table(
        [say(name, language) for name in ("what", "messages", "of_sent")],
        [[say(name, language), count, _share(count, found.standing.sent, language)] for name, count in numbers.items()],
    )
    if not found.delivered_told and found.delivered:
        print(say("untold", language))
    unsent = [[one.words[language], one.count] for one in (*found.withheld, *found.failed)]
    if unsent:
        table([say("not_sent", language), say("messages", language)], unsent)
    if found.links:
        rows = [[one.url, one.messages, one.times] for one in found.links]
        table([say(name, language) for name in ("link", "messages", "clicks")], rows)
    for line in _earned(found, language):
        print(line)


def table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table without lines; wide where nobody looks at it on a terminal."""
    shown = Table(*names, box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200).print(shown)


def _earned(found: CampaignReport, language: Language) -> Iterator[str]:
    for what, machines in (("opens", found.machine_opens), ("clicks", found.machine_clicks)):
        for who, times in machines.items():
            yield say(f"{what}_{who}", language, times=times)
    for sale in found.sales:
        money = _money(sale.revenue, sale.currency, language)
        yield say("earned", language, orders=counted(sale.orders, "orders", language), money=money)
    if found.effect is not None:
        yield _added(found.effect, found.sales[0].currency, language)


def _added(effect: Effect, currency: str, language: Language) -> str:
    low, added, high = (
        _money(round(part * effect.treated.people), currency, language)
        for part in (effect.low, effect.per_person, effect.high)
    )
    people = counted(effect.control.people, "people", language)
    days = decimal(f"{effect.days:g}", language)
    return say("added", language, people=people, added=added, days=days, low=low, high=high)


def _money(amount: int, currency: str, language: Language) -> str:
    return f"{decimal(str(to_major(amount, currency)), language)} {currency}"


def _share(part: int, whole: int, language: Language) -> str:
    if not whole:
        return ""
    return f"{part / whole:.1%}" if language == "en" else f"{decimal(f'{part / whole:.1%}', language)[:-1]} %"
