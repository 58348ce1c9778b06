"""The variants of a campaign beside each other: what each brought, and what is certain about the difference."""

from __future__ import annotations

from collections.abc import Mapping

from hourglass.campaigns import CampaignChoice, CampaignReport, VariantReport, campaign_words
from hourglass.experiments import ArmEffect, ExperimentResults
from hourglass.kernel import Workspace
from hourglass.reports.page.frame import note, section, table
from hourglass.reports.page.text import text
from hourglass.reports.words import money, number, percent

_COUNTED = ("recipients", "tested", "sent")
_SHARES = ("opened", "clicked", "unsubscribed")


def show_variants(
    found: CampaignReport, compared: ExperimentResults | None, workspace: Workspace, language: str
) -> str:
    """A section. `compared`: revenue by variant, where no test chose one by what it was to be chosen by."""
    choice = found.standing.choice
    if choice is not None:
        over = text("ahead", language, goal=text(f"by_{choice.winner_by}", language), sure=f"{choice.confidence:g}")
        beside = {one.variant: _behind(choice, one.low, one.high, workspace, language) for one in choice.numbers}
    elif compared is not None:
        over = text("beside", language, baseline=compared.baseline)
        beside = _beside(compared, language)
    else:
        over, beside = "", {}
    names = (*_COUNTED, *_SHARES, "orders", "revenue")
    head = [*(campaign_words(name, language) for name in ("variant", *names)), *([over] if over else [])]
    rows = [_row(one, choice, beside if over else None, workspace, language) for one in found.variants]
    told = [found.standing.choice_words[language]] if found.standing.choice_words else []
    told += [compared.verdict.words[language]] if compared is not None else []
    title = text("variants", language)
    return section(title, "".join(map(note, told)) + table(head, rows, title, kind="cards"))


def _row(
    one: VariantReport,
    choice: CampaignChoice | None,
    beside: Mapping[str, str] | None,
    workspace: Workspace,
    language: str,
) -> list[str]:
    won = f" ✓ {text('winner', language)}" if choice is not None and choice.variant == one.variant else ""
    return [
        one.variant + won,
        *(number(getattr(one, name), language) for name in _COUNTED),
        *(_share(getattr(one, name), one.sent, language) for name in _SHARES),
        number(one.orders, language),
        money(one.revenue, workspace.currency, language),
        *([] if beside is None else [beside.get(one.variant, "—")]),
    ]


def _share(count: int, sent: int, language: str) -> str:
    return f"{number(count, language)} · {percent(count / sent, language)}" if sent else number(count, language)


def _behind(choice: CampaignChoice, low: float | None, high: float | None, workspace: Workspace, language: str) -> str:
    """By how much the best is ahead of a variant, for each person."""
    if low is None or high is None:
        return "—"
    if choice.winner_by == "revenue":
        least, most = (money(bound, workspace.currency, language) for bound in (low, high))
        return text("between", language, low=least, high=most)
    if choice.winner_by == "orders":
        least, most = (number(round(bound, 3), language) for bound in (low, high))
        return text("between", language, low=least, high=most)
    least, most = (number(round(100 * bound, 1), language) for bound in (low, high))
    return text("points", language, low=least, high=most)


def _beside(compared: ExperimentResults, language: str) -> dict[str, str]:
    """What each variant brings more than the first, in revenue for each person."""
    effects = {arm.arm: one for arm in compared.arms for one in arm.effects if one.metric == "revenue"}
    return {name: _difference(one, compared.currency, language) for name, one in effects.items()}


def _difference(one: ArmEffect, currency: str, language: str) -> str:
    if one.low is None or one.high is None:
        return text("too_early", language)
    low, estimate, high = (money(bound, currency, language) for bound in (one.low, one.estimate, one.high))
    return f"{estimate} ({text('between', language, low=low, high=high)})"
