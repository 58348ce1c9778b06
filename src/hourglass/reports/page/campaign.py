"""What came of a campaign, as one HTML file: what it added first, then who got it, what they did, what they bought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hourglass.campaigns import CampaignReport, CampaignStanding, EditionReport, campaign_words
from hourglass.experiments import ExperimentResults
from hourglass.kernel import Workspace
from hourglass.messages import ReasonCount
from hourglass.reports.incremental import incremental
from hourglass.reports.page.course import draw_course
from hourglass.reports.page.frame import Tile, counts, frame, headline, moment, note, section, table, tiles, two
from hourglass.reports.page.text import text
from hourglass.reports.page.variants import show_variants
from hourglass.reports.words import money, number, percent

_OF_SENT = ("delivered", "opened", "clicked", "unsubscribed", "complained", "bounced")
_NOT_SENT = ("withheld", "failed", "unknown", "waiting")
_OF_EDITIONS = ("recipients", "sent", "opened", "clicked", "unsubscribed", "orders")
_LINKS = 20


def show_campaign(
    found: CampaignReport, compared: ExperimentResults | None, workspace: Workspace, now: datetime, language: str
) -> str:
    """The page. `compared`: its variants beside each other, where no test chose among them."""
    standing = found.standing
    edition = "" if standing.edition is None else campaign_words("number", language, edition=standing.edition)
    of = (edition, campaign_words(standing.state, language), moment(now, workspace.tz()), workspace.name)
    parts = [
        _added(found, language),
        *map(note, _doing(standing, workspace, language)),
        tiles(_tiles(found, workspace, language)),
        *map(note, _about(found, language)),
        _course(found, workspace, language),
        show_variants(found, compared, workspace, language) if found.variants else "",
        two(_reasons(found, language)),
        _links(found, language),
        _editions(found, workspace, language),
    ]
    return frame(text("campaign_report", language), standing.name, " · ".join(filter(None, of)), parts, language)


def _added(found: CampaignReport, language: str) -> str:
    if found.added is None:
        return headline(text("none_kept_out", language), known=False)
    added = incremental(found.added)
    return headline(added.words[language], known=added.certain)


def _doing(one: CampaignStanding, workspace: Workspace, language: str) -> Iterator[str]:
    """Why it does not go on, what it waits for, when it will be over."""
    zone = workspace.tz()
    if one.problem is not None:
        yield campaign_words("problem", language, why=one.problem[language])
    if one.ready_at is not None:
        yield text("ready_at", language, at=moment(one.ready_at, zone), n=number(one.waiting, language))
    if one.for_winner:
        yield campaign_words("for_winner", language, count=number(one.for_winner, language)).strip()
    if one.for_hour and one.last_due_at is not None:
        at = moment(one.last_due_at, zone)
        yield campaign_words("for_hour", language, count=number(one.for_hour, language), at=at).strip()
    for reason in one.waits_for:
        yield campaign_words(
            "waits", language, count=number(reason.count, language), why=_why(reason, language)
        ).strip()
    if one.next_at is not None:
        yield campaign_words("next_at", language, at=moment(one.next_at, zone))


def _tiles(found: CampaignReport, workspace: Workspace, language: str) -> Iterator[Tile]:
    standing = found.standing
    yield campaign_words("recipients", language), number(standing.recipients, language)
    yield campaign_words("sent", language), number(standing.sent, language)
    for name in _OF_SENT:
        count = getattr(found, name)
        share = f" · {percent(count / standing.sent, language)}" if standing.sent else ""
        yield campaign_words(name, language) + share, number(count, language)
    for name in _NOT_SENT:
        if count := getattr(standing, name):
            yield campaign_words("not_sent" if name == "withheld" else name, language), number(count, language)
    yield campaign_words("orders", language), number(sum(one.orders for one in found.sales), language)
    earned = [one for one in found.sales if one.revenue or one.currency == workspace.currency]
    sums = (money(one.revenue, one.currency, language) for one in earned)
    yield campaign_words("revenue", language), " · ".join(sums)


def _about(found: CampaignReport, language: str) -> Iterator[str]:
    """What the numbers mean, and what is not in them."""
    yield text("shares", language)
    if not found.delivered_told and found.delivered:
        yield campaign_words("untold", language)
    for what, machines in (("opens", found.machine_opens), ("clicks", found.machine_clicks)):
        for who, times in machines.items():
            yield campaign_words(f"{what}_{who}", language, times=number(times, language))


def _course(found: CampaignReport, workspace: Workspace, language: str) -> str:
    if found.course is None or not found.course.moments:
        return note(text("nothing_left_yet", language))
    return section(text("course", language), draw_course(found.course, workspace, language))


def _reasons(found: CampaignReport, language: str) -> Iterator[str]:
    for title, reasons in (("why_withheld", found.withheld), ("why_failed", found.failed)):
        if reasons:
            rows = ((_why(one, language), number(one.count, language)) for one in reasons)
            yield section(text(title, language), counts(rows))


def _why(one: ReasonCount, language: str) -> str:
    return one.words.get(language, one.reason)


def _links(found: CampaignReport, language: str) -> str:
    if not found.links:
        return ""
    rows = [[one.url, number(one.messages, language), number(one.times, language)] for one in found.links[:_LINKS]]
    head = [campaign_words(name, language) for name in ("link", "messages", "clicks")]
    title = text("links", language)
    return section(title, table(head, rows, title))


def _editions(found: CampaignReport, workspace: Workspace, language: str) -> str:
    if found.all_editions is None:
        return ""
    head = [campaign_words(name, language) for name in ("edition", *_OF_EDITIONS, "revenue")]
    rows = [_edition(one, workspace, language) for one in (*found.editions, found.all_editions)]
    title = text("editions", language)
    return section(title, table(head, rows, title, kind="cards"))


def _edition(one: EditionReport, workspace: Workspace, language: str) -> list[str]:
    name = campaign_words("all", language) if one.edition is None else str(one.edition)
    at = "" if one.at is None else moment(one.at, workspace.tz())
    state = "" if one.state is None else campaign_words(one.state, language)
    return [
        " · ".join(filter(None, (name, at, state))),
        *(number(getattr(one, counted), language) for counted in _OF_EDITIONS),
        money(one.revenue, workspace.currency, language),
    ]
