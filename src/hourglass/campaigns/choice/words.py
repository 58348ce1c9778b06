"""Why a variant goes to the rest, in words, with the numbers that it follows from."""

from __future__ import annotations

from collections.abc import Mapping

from hourglass.campaigns.choice.choice import CampaignChoice, Reason, VariantNumbers
from hourglass.campaigns.documents.tryout import WinnerBy
from hourglass.kernel import to_major

_REASONS: Mapping[Reason, tuple[str, str]] = {
    "certain": (
        "“{variant}” won by {goal}: {numbers}. The difference is certain at {sure}%.",
        "Победил вариант «{variant}». {goal}: {numbers}. Достоверность {sure} %.",
    ),
    "best_so_far": (
        "No clear winner; “{variant}” was the best so far by {goal}: {numbers}.",
        "Явного победителя нет, остальным уходит вариант «{variant}» — лучший к концу теста. {goal}: {numbers}.",
    ),
    "fallback": (
        "No clear winner by {goal} ({numbers}), so the rest gets “{variant}”, as the campaign says.",
        "Явного победителя нет, остальным уходит вариант «{variant}», как задано в рассылке. {goal}: {numbers}.",
    ),
    "nothing_happened": (
        "Nothing to choose by: no {goal} at all. The rest gets “{variant}”.",
        "Сравнивать нечего — откликов не было. Остальным уходит вариант «{variant}».",
    ),
    "guarded": (
        (
            "“{passed_over}” did better by {goal} ({numbers}), but more people left or complained because of it."
            " The rest gets “{variant}”."
        ),
        (
            "По откликам лучше «{passed_over}» ({goal_inside}: {numbers}), но из-за него чаще отписываются и жалуются."
            " Остальным уходит вариант «{variant}»."
        ),
    ),
    "by_hand": (
        "{author} chose “{variant}”. By then, by {goal}: {numbers}.",
        "Вариант «{variant}» выбран вручную ({author}). {goal} на тот момент: {numbers}.",
    ),
}
_GOALS: Mapping[WinnerBy, tuple[str, str]] = {
    "clicks": ("clicks", "Переходы"),
    "opens": ("opens", "Открытия"),
    "orders": ("orders", "Заказы"),
    "revenue": ("revenue", "Выручка"),
    "unsubscribes": ("unsubscribes and complaints", "Отписки и жалобы"),
}


def words_of_choice(choice: CampaignChoice, currency: str) -> dict[str, str]:
    """One sentence or two, by language."""
    return {
        language: _REASONS[choice.reason][place].format(
            variant=choice.variant,
            goal=_GOALS[choice.winner_by][place],
            goal_inside=_GOALS[choice.winner_by][place].lower(),
            numbers=", ".join(_said(one, choice.winner_by, currency, language) for one in choice.numbers),
            sure=_decimal(f"{choice.confidence:g}", language),
            author=choice.author,
            passed_over=choice.passed_over,
        )
        for place, language in enumerate(("en", "ru"))
    }


def _said(one: VariantNumbers, winner_by: WinnerBy, currency: str, language: str) -> str:
    """`“a” 3.1 % of 500`, or what each person brought."""
    english = language == "en"
    name, of = (f"“{one.variant}”", "of") if english else (f"«{one.variant}»", "из")
    if winner_by == "revenue":
        each = _decimal(str(to_major(round(one.each), currency)), language)
        return f"{name} {each} {currency} {'a person' if english else 'на человека'} ({one.people})"
    return f"{name} {one.count if winner_by == 'orders' else _share(one.each, language)} {of} {one.people}"


def _share(share: float, language: str) -> str:
    return f"{share:.1%}" if language == "en" else f"{_decimal(f'{share:.1%}', language)[:-1]} %"


def _decimal(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "ru" else text
