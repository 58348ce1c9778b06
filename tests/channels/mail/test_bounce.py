"""The table of bounces, on sentences that real servers say."""

from __future__ import annotations

import pytest

from hourglass.channels import Sort, sort_of

SAID = [
    ("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist.", Sort.NO_MAILBOX),
    (
        "",
        "550 5.1.1 <anna@customers.example>: Recipient address rejected: User unknown in virtual mailbox table",
        Sort.NO_MAILBOX,
    ),
    (
        "5.1.10",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        Sort.NO_MAILBOX,
    ),
    ("5.1.2", "Host or domain name not found", Sort.NO_MAILBOX),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is inactive.", Sort.NO_MAILBOX),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", Sort.NO_MAILBOX),
    ("5.0.0", "554 delivery error: dd This user doesn't have a yahoo.com account - does not exist", Sort.NO_MAILBOX),
    (
        "",
        "550 Message was not accepted -- invalid mailbox.  Local mailbox is unavailable: user not found",
        Sort.NO_MAILBOX,
    ),
    ("", "550 No such user!", Sort.NO_MAILBOX),
    ("5.2.2", "552-5.2.2 The email account that you tried to reach is over quota and inactive", Sort.FULL),
    ("5.0.0", "550 Mailbox is full", Sort.FULL),
    ("4.2.2", "452 4.2.2 The recipient's inbox is out of storage space", Sort.FULL),
    ("5.7.1", "550-5.7.1 Our system has detected that this message is likely unsolicited mail.", Sort.POLICY),
    ("5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated.", Sort.POLICY),
    ("5.7.509", "Access denied, sending domain does not pass DMARC verification", Sort.POLICY),
    ("5.1.1", "554 5.1.1 Service unavailable; Client host blocked using Spamhaus, see block list", Sort.POLICY),
    ("", "554 5.7.1 [CS] Message blocked. https://spam.mail.example/", Sort.POLICY),
    ("", "550 spam message rejected. Please visit http://help.mail.example/notspam-support", Sort.POLICY),
    ("5.3.4", "552 5.3.4 Message size exceeds fixed limit", Sort.CONTENT),
    ("5.6.0", "554 5.6.0 Malformed message", Sort.CONTENT),
    ("4.4.7", "Delivery time expired", Sort.LATER),
    ("4.3.2", "System not accepting network messages", Sort.LATER),
    ("5.3.0", "Local error", Sort.LATER),
    ("5.1.0", "Address rejected", Sort.LATER),
    ("", "Please confirm your message by clicking below (Boxbe)", Sort.CHALLENGE),
    ("", "Delivery failed.", Sort.UNCLEAR),
    ("", "connected from 192.5.1.1 at 10:00", Sort.UNCLEAR),
]


@pytest.mark.parametrize(("status", "words", "sort"), SAID, ids=[f"{one[0]} {one[1][:30]}" for one in SAID])
def test_each_sentence_has_its_sort(status: str, words: str, sort: Sort) -> None:
    assert sort_of(status, words) is sort
