"""What the chain of a message says, in two languages."""

from __future__ import annotations

from collections.abc import Mapping

from hourglass.messages.gate.reasons import SUPPRESSED, words_of

Words = dict[str, str]

SENTENCES: Mapping[str, tuple[str, str]] = {
    "entered": ("Entered the journey by “{event}”", "Человек вошёл в сценарий по событию «{event}»"),
    "waits": ("Waits at {step} until {until}", "Ждёт на шаге {step} до {until}"),
    "exited": ("Left the journey: {reason}", "Вышел из сценария: {reason}"),
    "finished": ("Reached the end of the journey", "Дошёл до конца сценария"),
    "planned": (
        "A message was planned: {channel}, template {template}",
        "Запланировано сообщение: {channel}, шаблон {template}",
    ),
    "variants": ("The lot gave them variant “{variant}”", "По жребию достался вариант «{variant}»"),
    "winner": (
        "Variant “{variant}”, the winner of the test",
        "Вариант «{variant}», победитель теста",
    ),
    "passed": ("Passed: {question} ({note})", "Проверка пройдена: {question} ({note})"),
    "fell_back": (
        "{channel} cannot bring it: {reason}{detail}. Next: {following}",
        "Через {channel} не доставить: {reason}{detail}. Дальше: {following}",
    ),
    "put_off": ("Put off until {until}: {reason}{detail}", "Отложено до {until}: {reason}{detail}"),
    "withheld": ("Not sent: {reason}{detail}", "Не отправлено: {reason}{detail}"),
    "failed": ("Could not be sent: {reason}{detail}", "Не удалось отправить: {reason}{detail}"),
    "unknown": ("It is not known whether it left: {reason}{detail}", "Неизвестно, ушло ли оно: {reason}{detail}"),
    "queued": ("Waits in the outbox until {until}", "Ждёт отправки до {until}"),
    "sent": ("Sent to {address}", "Отправлено: {address}"),
    "delivered": ("Delivered", "Доставлено"),
    "opened": ("Opened", "Открыто"),
    "clicked": ("Clicked", "Есть переход по ссылке"),
    "unsubscribed": ("Unsubscribed by this message", "Отписка по этому сообщению"),
    "complained": ("Reported as spam", "Жалоба на спам"),
    "bounced": ("Bounced: {reason}{detail}", "Вернулось: {reason}{detail}"),
    "in_the_end_delivered": ("Delivered to {address}", "Доставлено: {address}"),
    "in_the_end_opened": ("Sent to {address} and opened", "Отправлено: {address}. Письмо открыли"),
    "in_the_end_clicked": (
        "Sent to {address}, and a link in it was clicked",
        "Отправлено: {address}. По ссылке перешли",
    ),
    "in_the_end_unsubscribed": (
        "Sent to {address}, who then unsubscribed",
        "Отправлено: {address}. После этого человек отписался",
    ),
    "in_the_end_complained": (
        "Sent to {address}, who reported it as spam",
        "Отправлено: {address}. Человек пожаловался на спам",
    ),
    "in_the_end_bounced": (
        "Not delivered to {address}, it bounced: {reason}{detail}",
        "Не доставлено, письмо для {address} вернулось: {reason}{detail}",
    ),
    "not_live": (
        "No message was ever planned: “{name}” is not live (it is {state})",
        "Сообщение не планировалось: «{name}» не работает (состояние: {state})",
    ),
    "never_came": (
        "No message was ever planned: the event “{event}” never came from this person",
        "Сообщение не планировалось: события «{event}» от этого человека не было",
    ),
    "not_let_in": (
        "No message was ever planned: “{event}” came {times} times, last on {last}, and did not fit the entry",
        "Сообщение не планировалось: событие «{event}» было ({times}), последний раз {last}, но не подошло для входа",
    ),
    "not_among": (
        "No message was ever planned: the person was not among the recipients of “{name}”",
        "Сообщение не планировалось: человека не было среди получателей «{name}»",
    ),
    "for_winner": (
        "No message was planned yet: the person waits for the winner of the test",
        "Сообщение ещё не планировалось: человек ждёт победителя теста",
    ),
    "for_hour": (
        "No message was planned yet: the hour of this person comes on {until}",
        "Сообщение ещё не планировалось: время этого человека — {until}",
    ),
    "nothing_yet": (
        "No message was planned yet: the person is in the journey, at {step}",
        "Сообщение ещё не планировалось: человек в сценарии, на шаге {step}",
    ),
    "no_send": (
        "No message was ever planned: the way through the journey ended before a send",
        "Сообщение не планировалось: путь по сценарию закончился раньше отправки",
    ),
}
"""By code. In the past tense where it happened."""

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "still_wanted": ("not too late", "ещё не поздно"),
    "still_for_sale": ("stock and price", "наличие и цена"),
    "address": ("address", "адрес"),
    "consent": ("consent", "согласие"),
    "suppression": ("suppression list", "стоп-лист"),
    "control_group": ("control group", "контрольная группа"),
    "priority_slot": ("place among journeys", "место среди сценариев"),
    "frequency_cap": ("frequency cap", "ограничение частоты"),
    "quiet_hours": ("quiet hours", "тихие часы"),
    "budget": ("budget", "бюджет"),
}
"""What each question of the gate is about, in the order in which they are asked."""

BOUNCES: Mapping[str, tuple[str, str]] = {
    "no_mailbox": ("there is no such mailbox", "такого ящика нет"),
    "full": ("the mailbox is full", "ящик переполнен"),
    "later": ("the other side had trouble taking it", "у принимающей стороны был сбой"),
    "policy": ("the other side does not want mail from us", "принимающая сторона не хочет нашей почты"),
    "content": ("the other side does not want such a letter", "принимающей стороне не понравилось само письмо"),
    "challenge": ("a machine asked us to prove that we are people", "робот попросил доказать, что пишут люди"),
}
"""Why a message came back, by the sort of its bounce."""

EXITS: Mapping[str, tuple[str, str]] = {
    "exit_condition": ("its exit condition came true", "сработало условие выхода"),
    "merged": ("the person was merged with another", "человека объединили с другим"),
    "control_group": ("the person is in its control group", "человек в контрольной группе сценария"),
    "journey_archived": ("the journey was archived", "сценарий убрали в архив"),
    "version_ended": ("its version of the journey was ended", "эту версию сценария закрыли"),
    "nothing_collected": ("there was nothing to tell about", "рассказывать было не о чем"),
    "endless": ("it went in circles", "сценарий зациклился"),
}


def say(code: str, **values: object) -> Words:
    """The sentence of a code; values are texts, or words in both languages."""
    return {
        language: sentence.format(**{name: _in(value, language) for name, value in values.items()})
        for language, sentence in zip(("en", "ru"), SENTENCES[code], strict=True)
    }


def question(name: str) -> Words:
    """What a question of the gate is about."""
    en, ru = QUESTIONS.get(name, (name, name))
    return {"en": en, "ru": ru}


def exit_words(reason: str | None) -> Words:
    """Why a run ended."""
    en, ru = EXITS.get(reason or "", (reason or "-", reason or "-"))
    return {"en": en, "ru": ru}


def reason_words(code: str | None) -> Words:
    """Why a message did not leave."""
    return words_of(code) or {"en": "-", "ru": "-"}


def bounce_words(sort: str | None) -> Words:
    """Why a message came back; where nobody knows, that is said."""
    en, ru = BOUNCES.get(sort or "", ("nobody said why", "причину не назвали"))
    return {"en": en, "ru": ru}


def suppression_words(code: str | None) -> Words | None:
    """Why an address is on the suppression list; None for a reason that somebody wrote themselves."""
    known = SUPPRESSED.get(code or "")
    return known.words if known else None


def both(text: str | None) -> Words:
    """The same in both languages."""
    return {"en": text or "", "ru": text or ""}


def _in(value: object, language: str) -> object:
    return value[language] if isinstance(value, dict) else value  # pyright: ignore[reportUnknownVariableType]
