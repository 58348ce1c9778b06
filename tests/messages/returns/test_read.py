from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hourglass.channels import FeedbackKind, Marker, Sort
from hourglass.messages.returns.read import read_returned
from hourglass.messages.returns.returned import Returned, Stranger
from tests.messages.returns import letters

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MARKER = Marker(b"secret")
MARK = MARKER.mark(1, 63)


def read(octets: bytes, *recipients: str) -> Returned | Stranger:
    return read_returned(octets, recipients, MARKER, NOW)


def news(octets: bytes, *recipients: str) -> Returned:
    told = read(octets, *recipients)
    assert isinstance(told, Returned), told
    return told


def test_a_hard_bounce() -> None:
    told = news(letters.dsn(MARK), f"bounce+{MARK}@bounce.shop.example")
    assert (told.workspace_id, told.message_id, told.kind, told.sort) == (1, 63, FeedbackKind.BOUNCED, Sort.NO_MAILBOX)
    assert told.permanent
    assert told.said == "550 5.1.1 <<address>>: User unknown"


@pytest.mark.parametrize(
    ("status", "words", "action", "sort"),
    [
        ("4.4.7", "Delivery time expired", "failed", Sort.LATER),
        ("5.2.2", "552 5.2.2 over quota", "failed", Sort.FULL),
        ("5.7.26", "550 5.7.26 unauthenticated", "failed", Sort.POLICY),
        ("4.4.1", "connection timed out", "delayed", Sort.DELAYED),
        ("5.0.0", "Undelivered", "failed", Sort.LATER),
    ],
)
def test_nobody_is_given_up_for_what_passes_or_is_our_fault(status: str, words: str, action: str, sort: Sort) -> None:
    told = news(letters.dsn(MARK, status, words, action))
    assert told.sort is sort
    assert not told.permanent
    assert told.alarming == (sort is Sort.POLICY)


def test_a_delivery_is_good_news() -> None:
    assert news(letters.dsn(MARK, "2.0.0", "250 Fine", "delivered")).kind is FeedbackKind.DELIVERED


@pytest.mark.parametrize("kind", ["abuse", "fraud", "opt-out", "other"])
def test_a_complaint_is_known_by_the_mail_it_is_about(kind: str) -> None:
    told = news(letters.written(letters.ARF, MARK, type=kind), "fbl@bounce.shop.example")
    assert (told.kind, told.message_id, told.permanent) == (FeedbackKind.COMPLAINED, 63, True)


def test_not_spam_is_no_complaint() -> None:
    assert news(letters.written(letters.ARF, MARK, type="not-spam")).kind is FeedbackKind.UNKNOWN


def test_microsoft_sends_the_mail_along() -> None:
    assert news(letters.written(letters.JUNK, MARK)).kind is FeedbackKind.COMPLAINED


def test_a_bounce_of_no_standard_is_read_by_its_words_not_by_ours() -> None:
    told = news(letters.written(letters.QMAIL, MARK))
    assert (told.sort, told.permanent) == (Sort.NO_MAILBOX, True)


@pytest.mark.parametrize(("letter", "sort"), [(letters.HOLIDAY, Sort.AUTO_REPLY), (letters.CHALLENGE, Sort.CHALLENGE)])
def test_what_machines_answer_hurts_nobody(letter: str, sort: Sort) -> None:
    told = news(letters.written(letter, MARK))
    assert (told.sort, told.permanent) == (sort, False)


def test_a_person_who_answers_is_no_bounce() -> None:
    assert isinstance(read(letters.written(letters.PERSON, MARK)), Stranger)


@pytest.mark.parametrize("mark", ["1-3f-0000000000000000", "", "1-40-" + MARK[5:]])
def test_a_forged_bounce_is_nobody_s(mark: str) -> None:
    assert isinstance(read(letters.dsn(mark), f"bounce+{mark}@bounce.shop.example"), Stranger)


def test_the_envelope_decides_whose_bounce_it_is() -> None:
    other = MARKER.mark(1, 64)
    assert news(letters.dsn(other), f"BOUNCE+{MARK.upper()}@bounce.shop.example").message_id == 63


@pytest.mark.parametrize(
    "octets",
    [
        letters.bomb(MARK),
        b"\xff\x00" * 1000 + MARK.encode(),
        f"Content-Type: multipart/report; boundary=\n\n{MARK}".encode(),
        f"Subject: =?utf-8?b?{'A' * 9999}?=\nContent-Type: text/plain; charset=nonsense\n\n{MARK}".encode(),
        letters.dsn(MARK).replace(b"Status: 5.1.1", b"Status: \xff\xff"),
        letters.dsn(MARK)[:700] + MARK.encode(),
    ],
    ids=["parts in parts", "binary", "no boundary", "odd charset", "odd status", "cut off"],
)
def test_broken_mail_breaks_nothing(octets: bytes) -> None:
    told = read(octets, f"bounce+{MARK}@b.example")
    assert isinstance(told, Stranger | Returned)
