"""Members posted to a real receiver: signed, in order, tried again, and never into the own network unasked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from io import BytesIO

import pytest

from hourglass.audience import Receiver, post_members, read_secret
from hourglass.channels import is_outside, resolve
from hourglass.kernel import Conflict, FixedClock, Malformed, Unavailable
from tests.audience.receiver import receiving

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = b"a secret of some length"


def lines(count: int) -> BytesIO:
    return BytesIO(b"".join(b'{"profile_id":%d}\n' % number for number in range(1, count + 1)))


def post(url: str, count: int, *, page: int = 2, waits: list[float] | None = None):
    receiver = Receiver(url=url, secret=SECRET, page=page, private=True)
    wait = ([] if waits is None else waits).append
    return list(post_members(lines(count), "vip", receiver, clock=FixedClock(NOW), wait=wait))


def test_pages_come_in_order_and_the_last_says_so() -> None:
    with receiving() as receiver:
        posted = post(receiver.url, 5)
    bodies = [json.loads(body) for _, body in receiver.got]
    assert [[one["profile_id"] for one in body["members"]] for body in bodies] == [[1, 2], [3, 4], [5]]
    assert [(body["page"], body["last"], body["segment"]) for body in bodies] == [
        (1, False, "vip"),
        (2, False, "vip"),
        (3, True, "vip"),
    ]
    assert len({body["export"] for body in bodies}) == 1
    assert [one.members for one in posted] == [2, 4, 5]


def test_an_empty_segment_is_one_empty_page() -> None:
    with receiving() as receiver:
        post(receiver.url, 0)
    (body,) = [json.loads(body) for _, body in receiver.got]
    assert (body["members"], body["last"]) == ([], True)


def test_a_receiver_can_check_who_sent_it_and_when() -> None:
    with receiving() as receiver:
        post(receiver.url, 1)
    ((headers, body),) = receiver.got
    said = f"{headers['webhook-id']}.{int(NOW.timestamp())}.".encode() + body
    expected = base64.b64encode(hmac.new(SECRET, said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert headers["host"] == receiver.url.split("/")[2]


def test_a_page_that_fails_is_posted_again_with_the_same_id_and_longer_pauses() -> None:
    waits: list[float] = []
    with receiving(503, (429, {"retry-after": "7"}), 200) as receiver:
        post(receiver.url, 3, waits=waits)
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert waits == [0.5, 7.0]


def test_a_receiver_that_stays_away_is_given_up_and_the_page_named() -> None:
    waits: list[float] = []
    with receiving(200, *[500] * 6) as receiver, pytest.raises(Unavailable) as gone:
        post(receiver.url, 5, waits=waits)
    assert (gone.value.more["page"], len(receiver.got), waits) == (2, 7, [0.5, 1, 2, 4, 8])
    with pytest.raises(Unavailable, match="cannot be reached"):
        post(receiver.url, 1)


@pytest.mark.parametrize(("answer", "says"), [(400, "answered 400"), (410, "answered 410")])
def test_a_receiver_that_does_not_want_it_is_not_asked_again(answer: int, says: str) -> None:
    with receiving(answer) as receiver, pytest.raises(Conflict, match=says):
        post(receiver.url, 1)
    assert len(receiver.got) == 1


def test_redirects_are_not_followed() -> None:
    with receiving() as inside, receiving((302, {"location": inside.url})) as receiver:
        with pytest.raises(Conflict, match="redirect"):
            post(receiver.url, 1)
        assert (len(receiver.got), inside.got) == (1, [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_addresses_inside_are_refused_whatever_they_are_called(address: str) -> None:
    with pytest.raises(Malformed, match="HOURGLASS_WEBHOOK_PRIVATE"):
        resolve("https://shop.example/hook", private=False, ask=lambda *_: ["93.184.216.34", address])
    assert resolve("http://shop.example/hook", private=True, ask=lambda *_: [address]).name == "shop.example"


def test_the_address_that_was_looked_at_is_the_one_that_is_used() -> None:
    found = resolve("https://shop.example/a?b=1#c", private=False, ask=lambda *_: ["93.184.216.34"])
    assert (found.url, found.host, found.name) == ("https://93.184.216.34:443/a?b=1", "shop.example", "shop.example")
    found = resolve("https://shop.example:8443", private=False, ask=lambda *_: ["2606:2800:220:1::1"])
    assert (found.url, found.host) == ("https://[2606:2800:220:1::1]:8443/", "shop.example:8443")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example",
        "https://",
        "http://a.example",
        "https://me:pw@a.example",
        "https://a.example:99999",
        "a.example",
        "https://\ud800.example",
    ],
)
def test_what_is_no_receiver_is_refused(url: str) -> None:
    with pytest.raises(Malformed) as refused:
        resolve(url, private=False, ask=lambda *_: ["93.184.216.34"])
    assert refused.value.path == "url"


def test_secrets_are_text_or_base64_and_not_short() -> None:
    assert read_secret("whsec_" + base64.b64encode(SECRET).decode()) == SECRET
    assert read_secret(SECRET.decode()) == SECRET
    for bad in ("short", "whsec_!", ""):
        with pytest.raises(Malformed):
            read_secret(bad)


def test_an_address_of_the_world_is_outside() -> None:
    from ipaddress import ip_address

    assert is_outside(ip_address("93.184.216.34"))
    assert is_outside(ip_address("2606:2800:220:1::1"))


@pytest.mark.parametrize(
    "address", ["::127.0.0.1", "64:ff9b:1::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "fe80::1", "::"]
)
def test_whatever_wraps_an_address_of_this_network_is_inside(address: str) -> None:
    with pytest.raises(Malformed):
        resolve("https://shop.example", private=False, ask=lambda *_: [address])
