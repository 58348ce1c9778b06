"""Files as people send them, and what becomes of each line."""

from __future__ import annotations

import pytest

from hourglass.kernel import Malformed
from tests.audience.people import a_list, known, load, undo
from tests.engine.shop import Shop

CYRILLIC = "Имя;Эл. почта;Город\r\nАнна;anna@example.com;Алматы\r\nБорис;boris@example.com;Москва\r\n"


@pytest.fixture
def pair(shop: Shop) -> Shop:
    shop.define(a_list())
    known(shop, "anna")
    known(shop, "boris", phone="+77011234567")
    return shop


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (CYRILLIC.encode("cp1251"), "cp1251", ";"),
        (CYRILLIC.encode("utf-8-sig"), "utf-8-sig", ";"),
        (CYRILLIC.replace(";", "\t").encode("utf-16"), "utf-16", "\t"),
        (b"sep=;\r\nemail;name\r\nanna@example.com;A\r\nboris@example.com;B\r\n", "utf-8", ";"),
        ('"Name, first","E-Mail"\n"A, B","anna@example.com"\nCafé,BORIS@example.com\n'.encode("cp1252"), "cp1252", ","),
        (b"x|anna@example.com\ny|boris@example.com\n", "utf-8", "|"),
    ],
    ids=["russian excel", "excel utf-8", "excel unicode text", "sep line", "western excel", "no names"],
)
def test_spreadsheets_of_all_kinds_are_read(pair: Shop, content: bytes, encoding: str, delimiter: str) -> None:
    report, missed = load(pair, content)
    assert (report.sheet.encoding, report.sheet.delimiter, report.sheet.format) == (encoding, delimiter, "csv")
    assert (report.lines, report.found, missed) == (2, 2, [])
    assert pair.members("vip") == {"anna", "boris"}


def test_one_identifier_a_line_is_told_by_its_looks(pair: Shop) -> None:
    report, missed = load(pair, "anna@example.com\n\n+7 (701) 123-45-67\nanna\n")
    assert (report.sheet.format, report.lines, report.found, report.entered) == ("lines", 3, 3, 2)
    assert missed == []


def test_json_lines_may_be_objects_or_texts(pair: Shop) -> None:
    content = '{"email": "anna@example.com", "n": 1}\n"boris@example.com"\n{"n": 2}\nnot json\n'
    report, missed = load(pair, content)
    assert (report.sheet.format, report.found) == ("jsonl", 2)
    assert missed == [(3, "no_identifier"), (4, "not_json")]


def test_each_line_that_matched_nobody_says_why(pair: Shop) -> None:
    content = (
        "user_id,email,phone\n"
        "anna,,\n"
        "nobody,,\n"
        ",no address,\n"
        ",,12\n"
        ',,"7,70112E+10"\n'
        "null,,\n"
        "anna,boris@example.com,\n"
        "nobody,boris@example.com,\n"
        ",,\n"
        "anna,anna@example.com,\n"
    )
    report, missed = load(pair, content)
    assert missed == [
        (3, "unknown"),
        (4, "not_an_email"),
        (5, "not_a_phone"),
        (6, "damaged_number"),
        (7, "placeholder"),
        (8, "two_people"),
    ]
    assert (report.lines, report.found, report.missed, report.entered) == (9, 3, 6, 2)
    assert report.reasons["two_people"] == 1


def test_columns_can_be_told_by_name_or_number(pair: Shop) -> None:
    report, _ = load(pair, "Клиент,Дата\nanna,2026\n", columns={"Клиент": "user_id"})
    assert report.sheet.columns == {"Клиент": "user_id"}
    assert load(pair, "a,b\n1,boris\n", columns={"2": "user_id"})[0].entered == 1
    with pytest.raises(Malformed) as refused:
        load(pair, "a,b\n1,boris\n", columns={"c": "user_id"})
    assert "“c”" in refused.value.sentence


def test_a_file_without_an_identifier_is_refused_whole(pair: Shop) -> None:
    with pytest.raises(Malformed, match="None of the columns “a”, “b”"):
        load(pair, "a,b\n1,2\n")
    with pytest.raises(Malformed, match="empty"):
        load(pair, "\n\n")
    assert pair.rows("SELECT count(*) FROM list_changes") == [(0,)]


def test_an_export_can_be_imported_again(pair: Shop) -> None:
    (number,) = pair.rows("SELECT profile_id FROM identities WHERE value = 'anna'")[0]
    report, missed = load(pair, f"profile_id,phone\n{number},\n999,\n,'+77011234567\n")
    assert (report.found, missed) == (2, [(3, "no_such_person")])


def test_contacts_are_made_through_the_log_and_get_no_consent(pair: Shop) -> None:
    content = "email,user_id,traits.city\nNew@Example.com,,Almaty\nanna@example.com,,\n,dora,\nnonsense,,\n"
    report, missed = load(pair, content, create=True)
    assert (report.created, report.found, report.entered, missed) == (2, 1, 1, [(5, "not_an_email")])
    assert pair.tick().moved_segments == 3
    assert pair.rows("SELECT email, traits->>'city', known FROM profiles WHERE email = 'new@example.com'") == [
        ("new@example.com", "Almaty", True)
    ]
    assert pair.members("vip") == {"anna", "dora"}
    assert pair.rows("SELECT count(*) FROM segment_members") == [(3,)]
    assert pair.rows("SELECT count(*) FROM consents") == [(0,)]
    assert pair.rows("SELECT entered FROM list_changes") == [(3,)]


def test_taking_an_import_back_keeps_its_contacts_but_not_their_place(pair: Shop) -> None:
    load(pair, "user_id\ndora\n", create=True)
    pair.tick()
    load(pair, "user_id\nemil\n", create=True)
    undo(pair)
    pair.tick()
    assert pair.members("vip") == {"dora"}
    undo(pair)
    assert pair.members("vip") == set()
    assert pair.rows("SELECT count(*) FROM profiles WHERE known") == [(4,)]


def test_the_same_file_again_changes_nothing(pair: Shop) -> None:
    load(pair, "user_id\nanna\ndora\n", create=True)
    load(pair, "user_id\nanna\ndora\n", create=True)
    pair.tick()
    report, _ = load(pair, "user_id\nanna\ndora\n", create=True)
    assert (report.entered, report.created, report.found) == (0, 0, 2)
    assert pair.members("vip") == {"anna", "dora"}
