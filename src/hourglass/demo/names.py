"""Given names and surnames for customers whose real names nobody knows, English and Russian."""

from __future__ import annotations

_ENGLISH_GIVEN = (
    "Olivia Amelia Grace Freya Emily Sophie Alice Charlotte Lucy Hannah Eleanor Rosie Megan Imogen Clara Beth Harriet "
    "Jasmine Naomi Zara Oliver George Arthur Harry Jack Thomas Edward Henry Samuel Daniel Adam Joseph Callum Rory Finn "
    "Patrick Hugh Owen Toby Marcus"
)
_ENGLISH_FAMILY = (
    "Hart Bennett Clarke Fletcher Hughes Marsh Doyle Whitfield Palmer Reid Sutton Walsh Barker Dawson Ellis Ford Gibbs "
    "Hobbs Ingram Jarvis Kemp Lowe Mercer Nash Osborne Pope Quinn Rhodes Shaw Thorne Underwood Vaughan Webb Yates "
    "Ashby Bradley Cole Drake Eastwood Frost Greene Holland Jennings Knight Lambert Mason Norris Owens Parsons Rowe"
)
# Given names and surnames with their Latin spelling, for the e-mail address.
_RUSSIAN_WOMEN = (
    "Анна:anna Мария:maria Елена:elena Ольга:olga Наталья:natalya Ирина:irina Дарья:darya Екатерина:ekaterina "
    "Полина:polina Вера:vera Алина:alina Ксения:ksenia Юлия:yulia Светлана:svetlana"
)
_RUSSIAN_MEN = (
    "Алексей:alexey Дмитрий:dmitry Иван:ivan Сергей:sergey Михаил:mikhail Павел:pavel Николай:nikolay Андрей:andrey "
    "Максим:maxim Егор:egor Кирилл:kirill Роман:roman"
)
_RUSSIAN_FAMILY = (
    "Смирнов:smirnov Кузнецов:kuznetsov Соколов:sokolov Попов:popov Лебедев:lebedev Новиков:novikov Морозов:morozov "
    "Волков:volkov Зайцев:zaitsev Павлов:pavlov Семёнов:semenov Голубев:golubev Виноградов:vinogradov Фёдоров:fedorov "
    "Белов:belov Тарасов:tarasov Орлов:orlov Киселёв:kiselev Макаров:makarov Никитин:nikitin"
)

Name = tuple[str, str]
"""A name as it is written and its Latin spelling in small letters."""


def _spelt(words: str) -> tuple[Name, ...]:
    pairs = (word.partition(":") for word in words.split())
    return tuple((written, latin or written.lower()) for written, _, latin in pairs)


ENGLISH_GIVEN, ENGLISH_FAMILY = _spelt(_ENGLISH_GIVEN), _spelt(_ENGLISH_FAMILY)
RUSSIAN_WOMEN, RUSSIAN_MEN, RUSSIAN_FAMILY = _spelt(_RUSSIAN_WOMEN), _spelt(_RUSSIAN_MEN), _spelt(_RUSSIAN_FAMILY)


def womans(family: Name) -> Name:
    """The surname as a Russian woman bears it."""
    return family[0] + "а", family[1] + "a"
