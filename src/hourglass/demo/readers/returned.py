"""Mail that comes back to the return path, as other people's servers write it."""

from __future__ import annotations

import smtplib

from hourglass.demo.readers.letter import Letter

_PATIENCE = 5.0
_BOUNCE = """From: MAILER-DAEMON@{domain} (Mail Delivery System)
To: {path}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {words}

--part--
"""
_COMPLAINT = """From: <abuse@feedback.{domain}>
To: {path}
Subject: Report of an unwanted mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

Somebody pressed "this is spam".

--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Demo feedback loop
Version: 1

--part--
"""


def bounce(letter: Letter, *, dead: bool) -> str:
    """That nobody has the address, or that the mailbox is full."""
    status, words = ("5.1.1", "550 No such user here") if dead else ("4.2.2", "452 The mailbox is full")
    return _BOUNCE.format(**_about(letter), status=status, words=words)


def complaint(letter: Letter) -> str:
    """That its reader calls it spam."""
    return _COMPLAINT.format(**_about(letter))


def post(report: str, letter: Letter, host: str, port: int) -> None:
    """Through the door for returned mail. Raises OSError while it is away."""
    with smtplib.SMTP(host, port, local_hostname="mx.example.com", timeout=_PATIENCE) as server:
        server.sendmail("", [letter.return_path], report.replace("\n", "\r\n"))


def _about(letter: Letter) -> dict[str, str]:
    domain = letter.recipient.rpartition("@")[2]
    return {"domain": domain, "path": letter.return_path, "recipient": letter.recipient}
