"""The report of a campaign, and how one stands, as they are printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from hourglass.campaigns import CampaignReport, CampaignStanding, EditionReport, VariantReport, counted, decimal
from hourglass.campaigns import campaign_words as say
from hourglass.cli.language import Language
from hourglass.kernel import Workspace, to_major
from hourglass.reports import incremental

_NUMBERS = ("delivered", "opened", "clicked", "bounced", "complained", "unsubscribed")
_OF_EDITIONS = ("recipients", "sent", "opened", "clicked", "unsubscribed", "orders")
_OF_VARIANTS = ("recipients", "tested", "sent", "opened", "clicked", "unsubscribed", "orders")
_LISTED = ("recipients", "sent", "withheld", "failed", "unknown", "waiting", "per_minute")


def show_standing(one: CampaignStanding, workspace: Workspace, language: Language) -> None:
    """One campaign in a sentence, and what it waits for."""
    state = say(one.state, language)
    name = one.name if one.edition is None else f"{one.name}, {say('number', language, edition=one.edition)}"
    print(say("stands", language, name=name, state=state, sent=one.sent, recipients=one.recipients,
              waiting=one.waiting))  # fmt: skip
    if one.state == "scheduled" and one.due_at is not None:
        at = one.due_at.astimezone(workspace.tz())
        print(say("fixed_at", language, at=f"{at:%Y-%m-%d %H:%M} ({at.tzinfo})"))
    if one.next_at is not None:
        at = one.next_at.astimezone(workspace.tz())
        print(say("next_at", language, at=f"{at:%Y-%m-%d %H:%M} ({at.tzinfo})"))
    if one.missed:
        print(say("missed", language, count=one.missed))
    if one.problem is not None:
        print(say("problem", language, why=one.problem[language]))
    if one.choice_words is not None:
        print(one.choice_words[language])
    if one.for_winner:
        print(say("for_winner", language, count=one.for_winner))
    if one.for_hour and one.last_due_at is not None:
        at = one.last_due_at.astimezone(workspace.tz())
        print(say("for_hour", language, count=one.for_hour, at=f"{at:%Y-%m-%d %H:%M} ({at.tzinfo})"))
    for reason in one.waits_for:
        print(say("waits", language, count=reason.count, why=reason.words[language]))


def show_list(rows: Iterable[CampaignStanding], workspace: Workspace, language: Language) -> None:
    """All of them, a line each; when the next message is due, where that is known."""
    names = ["key", "state", "due", *_LISTED, "name"]
    lines = [
        [one.key, say(one.state, language), _due(one, workspace), *(getattr(one, name) for name in _LISTED), one.name]
        for one in rows
    ]
    table([say(name, language) for name in names], lines)


def _due(one: CampaignStanding, workspace: Workspace) -> str:
    at = one.next_at or (one.due_at if one.state == "scheduled" else None)
    return "" if at is None else f"{at.astimezone(workspace.tz()):%Y-%m-%d %H:%M}"


def show_report(found: CampaignReport, workspace: Workspace, language: Language) -> None:
    """Who got it and who did not, what they did, what they bought, what it added."""
    show_standing(found.standing, workspace, language)
    if found.added is not None:
        print(incremental(found.added).words[language])
    if found.variants:
        _show_variants(found.variants, workspace.currency, language)
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
    if found.all_editions is not None:
        _show_editions([*found.editions, found.all_editions], workspace, language)


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


def _show_editions(rows: Sequence[EditionReport], workspace: Workspace, language: Language) -> None:
    """Each edition in a line, and all of them in the last one."""
    lines = [
        [
            say("all", language) if one.edition is None else one.edition,
            "" if one.at is None else f"{one.at.astimezone(workspace.tz()):%Y-%m-%d %H:%M}",
            "" if one.state is None else say(one.state, language),
            *(getattr(one, name) for name in _OF_EDITIONS),
            _money(one.revenue, workspace.currency, language),
        ]
        for one in rows
    ]
    table([say(name, language) for name in ("edition", "date", "state", *_OF_EDITIONS, "revenue")], lines)


def _show_variants(variants: Sequence[VariantReport], currency: str, language: Language) -> None:
    rows = [
        [one.variant, *(getattr(one, name) for name in _OF_VARIANTS), _money(one.revenue, currency, language)]
        for one in variants
    ]
    table([say(name, language) for name in ("variant", *_OF_VARIANTS, "revenue")], rows)


def _money(amount: int, currency: str, language: Language) -> str:
    return f"{decimal(str(to_major(amount, currency)), language)} {currency}"


def _share(part: int, whole: int, language: Language) -> str:
    if not whole:
        return ""
    return f"{part / whole:.1%}" if language == "en" else f"{decimal(f'{part / whole:.1%}', language)[:-1]} %"
