"""Mail that came back, as other people's servers write it; `{mark}` is where our mark would stand."""

from __future__ import annotations

DSN = """From: MAILER-DAEMON@mx.customers.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounce+{mark}@bounce.shop.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customers.example
Original-Envelope-Id: {mark}
Arrival-Date: Mon, 2 Mar 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; anna@customers.example
Original-Recipient: rfc822;anna@customers.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.customers.example
Diagnostic-Code: smtp; {words}

--b1
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <bounce+{mark}@bounce.shop.example>
Message-ID: <{mark}.hourglass@shop.example>
Subject: Your cart

--b1--
"""

ARF = """From: <abuse@feedback.provider.example>
To: <fbl@bounce.shop.example>
Subject: FW: Earn money
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

--b2
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for an email message received from IP 192.0.2.1.

--b2
Content-Type: message/feedback-report

Feedback-Type: {type}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <redacted@bounce.shop.example>
Arrival-Date: Thu, 8 Mar 2026 14:00:00 -0400
Source-IP: 192.0.2.1

--b2
Content-Type: message/rfc822
Content-Disposition: inline

From: <shop@shop.example>
To: <Undisclosed Recipients>
Subject: Earn money
Message-ID: <{mark}.hourglass@shop.example>

Spam Spam Spam
--b2--
"""

QMAIL = """From: MAILER-DAEMON@mail.customers.example
To: bounce+{mark}@bounce.shop.example
Subject: failure notice

Hi. This is the qmail-send program at mail.customers.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@customers.example>:
192.0.2.9 does not like recipient.
Remote host said: 550 No such user here
Giving up on 192.0.2.9.

--- Below this line is a copy of the message.

Message-ID: <{mark}.hourglass@shop.example>
Subject: Your cart, spam reputation blacklist

Hello
"""

HOLIDAY = """From: anna@customers.example
To: bounce+{mark}@bounce.shop.example
Subject: Automatic reply: Your cart
Auto-Submitted: auto-replied
Content-Type: text/plain

I am on holiday until March.
"""

CHALLENGE = """From: anna@customers.example
To: bounce+{mark}@bounce.shop.example
Subject: Please confirm your message
Content-Type: text/plain

This mailbox is protected by a challenge-response system. Click here.
"""

PERSON = """From: anna@customers.example
To: bounce+{mark}@bounce.shop.example
Subject: Re: Your cart
Content-Type: text/plain

Could you ship it to my neighbour? The postmaster is a friend.
"""

JUNK = """From: staff@hotmail.example
To: fbl@bounce.shop.example
Subject: complaint about message from 192.0.2.1
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b3"

--b3
Content-Type: message/rfc822

X-HmXmrOriginalRecipient: anna@customers.example
Message-ID: <{mark}.hourglass@shop.example>
Subject: Your cart

Hello
--b3--
"""


NOBODY = "550 5.1.1 <anna@customers.example>: User unknown"


def dsn(mark: str, status: str = "5.1.1", words: str = NOBODY, action: str = "failed") -> bytes:
    """A standard report."""
    return written(DSN, mark, status=status, words=words, action=action)


def written(letter: str, mark: str, **more: str) -> bytes:
    """With CRLF line ends, as it comes over SMTP."""
    return letter.format(mark=mark, **more).replace("\n", "\r\n").encode()


def bomb(mark: str, depth: int = 3000) -> bytes:
    """Parts within parts within parts."""
    opening = "".join(f'Content-Type: multipart/mixed; boundary="x{level}"\n\n--x{level}\n' for level in range(depth))
    return f"To: bounce+{mark}@b.example\n{opening}".encode()
