"""What lets people into a journey, as a sentence for people."""

from __future__ import annotations

from hourglass.journeys.ways.way import Entry, OnDate, OnEvent, OnProduct, OnSchedule, OnSegment

Words = dict[str, str]

_CHANGES: dict[str, tuple[str, str]] = {
    "price_drop": ("a product they were interested in is cheaper", "подешевел товар, которым человек интересовался"),
    "back_in_stock": (
        "a product they were interested in is back",
        "снова в наличии товар, которым человек интересовался",
    ),
    "low_stock": ("a product they were interested in runs low", "заканчивается товар, которым человек интересовался"),
    "new": (
        "something new came into a category they look at",
        "появилась новинка в категории, которую человек смотрит",
    ),
}


def entry_words(entry: Entry) -> Words:
    """In English and Russian: after "People enter when ..."."""
    en, ru = _said(entry)
    return {"en": en, "ru": ru}


def _said(entry: Entry) -> tuple[str, str]:
    match entry.way:
        case OnEvent(event=event, where=where):
            some = (" with certain details", " с нужными подробностями") if where else ("", "")
            return f"“{event}” happens{some[0]}", f"происходит «{event}»{some[1]}"
        case OnSegment() as way:
            return _segment(way)
        case OnSchedule(segment=segment):
            return f"it is time, for the segment “{segment}”", f"подходит время, для сегмента «{segment}»"
        case OnDate() as way:
            return _date(way)
        case OnProduct(change=change):
            return _CHANGES[change]
        case _:
            return "they are put in by a program or by hand", "человека вводят программой или вручную"


def _segment(way: OnSegment) -> tuple[str, str]:
    if way.on == "left":
        return f"they leave the segment “{way.segment}”", f"человек выходит из сегмента «{way.segment}»"
    too = (", or are in it at the start", " или уже состоит в нём при запуске") if way.existing else ("", "")
    return f"they enter the segment “{way.segment}”{too[0]}", f"человек входит в сегмент «{way.segment}»{too[1]}"


def _date(way: OnDate) -> tuple[str, str]:
    clock = way.at.strftime("%H:%M")
    if way.days == 0:
        return f"it is the day of “{way.trait}”, at {clock}", f"наступает дата «{way.trait}», в {clock}"
    days = abs(way.days)
    when_en, when_ru = ("before", "до") if way.days < 0 else ("after", "после")
    return (
        f"it is {days} d {when_en} “{way.trait}”, at {clock}",
        f"{days} дн. {when_ru} даты «{way.trait}», в {clock}",
    )
