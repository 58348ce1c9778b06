"""What is said of campaigns and their reports, printed or on a page, in two languages."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, str]] = {
    # states
    "draft": ("draft", "черновик"),
    "archived": ("archived", "в архиве"),
    "ready": ("ready", "готова"),
    "scheduled": ("scheduled", "запланирована"),
    "sending": ("sending", "отправляется"),
    "paused": ("paused", "на паузе"),
    "cancelling": ("cancelling", "отменяется"),
    "cancelled": ("cancelled", "отменена"),
    "finished": ("finished", "завершена"),
    "repeating": ("repeating", "повторяется"),
    # headings of the list
    "key": ("key", "ключ"),
    "state": ("state", "состояние"),
    "due": ("due", "когда"),
    "recipients": ("recipients", "получателей"),
    "sent": ("sent", "отправлено"),
    "withheld": ("withheld", "удержано"),
    "failed": ("failed", "не удалось"),
    "unknown": ("unknown", "неизвестно"),
    "waiting": ("waiting", "ждут"),
    "per_minute": ("a minute", "в минуту"),
    "name": ("name", "название"),
    # the report
    "what": ("what", "что"),
    "messages": ("messages", "писем"),
    "of_sent": ("of those sent", "от отправленных"),
    "delivered": ("delivered", "доставлено"),
    "opened": ("opened", "открыто"),
    "clicked": ("clicked", "переходы"),
    "bounced": ("bounced", "вернулось"),
    "complained": ("complained", "жалобы на спам"),
    "unsubscribed": ("unsubscribed", "отписались"),
    "not_sent": ("not sent", "не отправлено"),
    "link": ("link", "ссылка"),
    "clicks": ("clicks", "переходов"),
    "untold": (
        "The provider does not tell of deliveries: what was sent and did not come back counts as delivered.",
        "Провайдер не сообщает о доставке: доставленными считаются письма, которые не вернулись.",
    ),
    "opens_proxy": ("Not counted: {times} opens by privacy proxies", "Не учтены открытия почтовыми прокси: {times}"),
    "opens_scanner": ("Not counted: {times} opens by scanners", "Не учтены открытия сканерами: {times}"),
    "clicks_proxy": ("Not counted: {times} clicks by privacy proxies", "Не учтены переходы почтовых прокси: {times}"),
    "clicks_scanner": ("Not counted: {times} clicks by scanners", "Не учтены переходы сканеров: {times}"),
    "earned": ("{orders}, {money}, credited to it", "{orders} на {money}"),
    "edition": ("edition", "выпуск"),
    "number": ("edition {edition}", "выпуск {edition}"),
    "date": ("date", "дата"),
    "all": ("all", "всего"),
    "variant": ("variant", "вариант"),
    "tested": ("in the test", "в тесте"),
    "orders": ("orders", "заказов"),
    "revenue": ("revenue", "выручка"),
    "written": ("{file} is written.", "Готово: {file}"),
    # how it stands
    "stands": (
        "{name}: {state}, {sent} of {recipients} sent, {waiting} waiting",
        "{name}: {state}, отправлено {sent} из {recipients}, ждут {waiting}",
    ),
    "fixed_at": ("Recipients are fixed at {at}.", "Список получателей будет составлен {at}."),
    "next_at": ("The next edition is due {at}.", "Следующий выпуск — {at}."),
    "missed": ("Editions that were missed: {count}.", "Пропущено выпусков: {count}."),
    "problem": ("It does not go on: {why}.", "Отправка остановлена: {why}."),
    "for_winner": ("  {count} wait for the winner of the test", "  Ждут победителя теста: {count}"),
    "for_hour": (
        "  {count} wait for their own hour, the last of them until {at}",
        "  Ждут своего местного времени: {count}, последние — до {at}",
    ),
    "waits": ("  {count} wait: {why}", "  Ждут {count}: {why}"),
}
_COUNTED: Mapping[str, tuple[tuple[str, str], tuple[str, str, str]]] = {
    "orders": (("order", "orders"), ("заказ", "заказа", "заказов")),
    "people": (("person", "people"), ("человек", "человека", "человек")),
}


def campaign_words(code: str, language: str, **values: object) -> str:
    """The word or sentence of a code; a code without words is its own word."""
    english, russian = _WORDS.get(code, (code, code))
    return (russian if language == "ru" else english).format(**values)


def counted(number: int, what: str, language: str) -> str:
    """`1 order`, `5 заказов`."""
    english, russian = _COUNTED[what]
    if language == "en":
        return f"{number} {english[number != 1]}"
    tens, ones = number % 100, number % 10
    form = 2 if 10 < tens < 20 or ones == 0 or ones > 4 else 0 if ones == 1 else 1
    return f"{number} {russian[form]}"


def decimal(text: str, language: str) -> str:
    """A number as it is written in the language."""
    return text.replace(".", ",") if language == "ru" else text
