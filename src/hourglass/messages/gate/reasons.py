"""Why a message did not leave, left in doubt, or waits: a code for machines, words for people in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Reason(Struct, frozen=True, kw_only=True):
    """One reason. The words complete the sentence “This message was not sent: …”."""

    code: str
    en: str
    ru: str

    @property
    def words(self) -> dict[str, str]:
        """As pages take it."""
        return {"en": self.en, "ru": self.ru}


def _registry(reasons: Iterable[tuple[str, str, str]]) -> Mapping[str, Reason]:
    return {code: Reason(code=code, en=en, ru=ru) for code, en, ru in reasons}


REASONS: Mapping[str, Reason] = _registry(
    (
        # withheld by the gate
        ("not_asked", "the gate was not asked", "проверка не проводилась"),
        ("no_person", "the person was erased", "данные человека удалены"),
        ("address_missing", "no address is known", "адрес неизвестен"),
        ("address_invalid", "the address cannot be right", "адрес записан с ошибкой"),
        (
            "address_lookalike",
            "the address mixes alphabets to look like another",
            "в адресе смешаны похожие буквы разных алфавитов",
        ),
        ("address_disposable", "the mailbox is a throw-away one", "это одноразовый почтовый ящик"),
        ("address_without_mail", "the domain takes no mail", "домен не принимает почту"),
        ("address_role", "the address belongs to a role, not to a person", "это служебный адрес, а не личный"),
        ("no_consent", "there is no consent for this topic", "нет согласия на эту тему"),
        ("consent_withdrawn", "the person has unsubscribed from this topic", "человек отписался от этой темы"),
        ("consent_unconfirmed", "the consent was not confirmed yet", "согласие ещё не подтверждено"),
        ("paused", "the person asked for a pause", "человек попросил сделать перерыв"),
        ("suppressed", "the address is on the suppression list", "адрес в стоп-листе"),
        ("frequency_cap", "the person has had enough messages lately", "человек и так получил достаточно писем"),
        ("asked_for_fewer", "the person asked for fewer messages", "человек попросил писать реже"),
        ("control_group", "the person is in the control group", "человек в контрольной группе"),
        ("slot_taken", "a stronger journey has the place", "место занял более важный сценарий"),
        ("quiet_hours_dropped", "it fell into quiet hours", "пришлось на тихие часы"),
        ("budget_spent", "its budget is spent", "бюджет на этот период исчерпан"),
        ("journey_exited", "the person left the journey first", "человек раньше вышел из сценария"),
        ("same_person", "the person gets it at another address", "человек получает его по другому адресу"),
        ("campaign_cancelled", "the campaign was cancelled first", "кампанию раньше отменили"),
        ("expired", "it waited too long to still make sense", "письмо ждало слишком долго и потеряло смысл"),
        ("out_of_stock", "what it is about is sold out", "товар, о котором письмо, закончился"),
        ("price_rose", "what it is about costs more by now", "товар, о котором письмо, уже подорожал"),
        (
            "data_missing",
            "a value that its template requires is missing",
            "не хватает данных, обязательных для шаблона",
        ),
        (
            "nothing_to_show",
            "no product was left to show in it",
            "в письме не осталось товаров, которые можно показать",
        ),
        # failed
        ("template_missing", "its template does not exist", "шаблон не найден"),
        ("render_failed", "its template could not be filled in", "шаблон не удалось заполнить"),
        ("bounced", "it came back", "письмо вернулось"),
        ("refused", "the provider refused it", "провайдер отказался принять"),
        ("address_refused", "the provider knows no such address", "провайдер не знает такого адреса"),
        ("refused_too_often", "the provider asked to wait too many times", "провайдер слишком долго просил подождать"),
        ("crashed_too_often", "every attempt ended in a crash", "каждая попытка кончалась сбоем"),
        # unknown
        ("no_answer", "handed over, but no answer came", "передано, но ответа не было"),
        ("crashed_while_sending", "a crash came while it was handed over", "сбой в момент передачи"),
        # waiting
        ("assumed_sent", "no answer came; it counts as sent", "ответа не было; считается отправленным"),
        (
            "handed_over_again",
            "no answer came; it is handed over once more",
            "ответа не было; передаём ещё раз",
        ),
        ("rate_limited", "waits its turn, the provider has limits", "ждёт очереди: у провайдера есть лимиты"),
        ("daily_limit", "today's limit is used up; it leaves later", "дневной лимит исчерпан; уйдёт позже"),
        ("warm_up", "the sender is being warmed up; it leaves later", "идёт прогрев отправителя; уйдёт позже"),
        ("crashed_before_sending", "a crash came before it was sent; it will be", "сбой до отправки; письмо ещё уйдёт"),
        ("quiet_hours", "waits for the end of quiet hours", "ждёт конца тихих часов"),
        ("frequency_wait", "waits until the person has had a rest", "ждёт, пока человек отдохнёт от писем"),
        ("slot_wait", "waits until the place is free", "ждёт, пока освободится место"),
        ("budget_wait", "waits for the next period of its budget", "ждёт нового периода бюджета"),
        ("next_provider", "goes to the next provider", "переходит к следующему провайдеру"),
        ("try_later", "the provider asked to come back later", "провайдер просит прийти позже"),
        ("provider_unreachable", "the provider cannot be reached", "провайдер недоступен"),
        ("no_provider", "no provider is set up for this channel", "для канала не настроен провайдер"),
    )
)


SUPPRESSED: Mapping[str, Reason] = _registry(
    (
        ("bounced", "mail to it came back: there is no such mailbox", "почта возвращается: такого ящика нет"),
        ("complained", "the person complained about spam", "человек пожаловался на спам"),
        (
            "soft_bounced",
            "mail to it came back too many times in a row",
            "почта слишком много раз подряд возвращалась",
        ),
        ("by_hand", "put there by hand", "внесён вручную"),
        ("imported", "came with an imported list", "был в загруженном списке"),
    )
)
"""Why an address is on the suppression list; people may write reasons of their own."""


def words_of(code: str | None) -> dict[str, str] | None:
    """The words for a code, also for one that a later version will know; None without a code."""
    if code is None:
        return None
    known = REASONS.get(code)
    return known.words if known else {"en": code.replace("_", " "), "ru": code.replace("_", " ")}
