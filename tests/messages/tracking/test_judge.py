"""Sequences as they are seen in the wild: seconds after the hand-over, what was asked, under which name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from hourglass.messages.tracking.agents import agent_of
from hourglass.messages.tracking.hit import By, Hit
from hourglass.messages.tracking.judge import judge

SENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.3 "
    "Mobile/15E148 Safari/604.1"
)
OUTLOOK = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
APPLE = "Mozilla/5.0"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"
HOME, OFFICE, CLOUD, OTHER_CLOUD = "92.46.1.7", "203.0.113.9", "40.94.31.5", "104.47.2.8"


def hit(seconds: float, what: str, agent: str = CHROME, ip: str = HOME, method: str = "GET") -> Hit:
    """`open`, `trap`, or the path of a link."""
    at = SENT + timedelta(seconds=seconds)
    if what in ("open", "trap"):
        return Hit(kind="open" if what == "open" else "trap", at=at, ip=ip, user_agent=agent, method=method)
    return Hit(kind="click", at=at, url=f"https://shop.example/{what}", ip=ip, user_agent=agent, method=method)


H: By = "human"
P: By = "proxy"
S: By = "scanner"
SEQUENCES: dict[str, list[tuple[Hit, By]]] = {
    "somebody opens at home and clicks": [
        (hit(340, "open", OUTLOOK), H), (hit(352, "cart"), H), (hit(410, "shoes"), H)],
    "somebody clicks twice on the same link, impatiently": [
        (hit(60, "open", IPHONE), H), (hit(70, "cart", IPHONE), H), (hit(70.4, "cart", IPHONE), H)],
    "somebody opens two products in tabs": [
        (hit(60, "open"), H), (hit(75, "a"), H), (hit(76.5, "b"), H)],
    "gmail fetches the picture, the person clicks": [
        (hit(4000, "open", GMAIL, CLOUD), P), (hit(4011, "cart", IPHONE), H)],
    "apple fetches everything in advance, the person clicks the next day": [
        (hit(25, "open", APPLE, CLOUD), P), (hit(86400, "cart", IPHONE), H)],
    "yahoo, opened twice": [(hit(900, "open", YAHOO, CLOUD), P), (hit(9000, "open", YAHOO, CLOUD), P)],
    "a gateway looks at each link by HEAD, then as a browser, at once": [
        (hit(1.2, "a", CHROME, CLOUD, "HEAD"), S), (hit(1.3, "b", CHROME, CLOUD, "HEAD"), S),
        (hit(1.9, "a", CHROME, CLOUD), S), (hit(2.0, "b", CHROME, CLOUD), S)],
    "safe links of an office: all links through several machines within two seconds, a minute later": [
        (hit(61.0, "a", CHROME, CLOUD), S), (hit(61.4, "b", OUTLOOK, OTHER_CLOUD), S),
        (hit(62.8, "c", IPHONE, CLOUD), S)],
    "the office scans, then the person reads": [
        (hit(2, "a", CHROME, CLOUD), S), (hit(2.1, "b", CHROME, CLOUD), S), (hit(2.2, "c", CHROME, CLOUD), S),
        (hit(2.5, "open", CHROME, CLOUD), S),
        (hit(600, "open", OUTLOOK, OFFICE), H), (hit(615, "b", CHROME, OFFICE), H)],
    "a scanner that takes its time falls for the hidden link": [
        (hit(30, "open", CHROME, CLOUD), S), (hit(34, "a", CHROME, CLOUD), S), (hit(39, "trap", CHROME, CLOUD), S),
        (hit(44, "b", CHROME, CLOUD), S), (hit(300, "a", IPHONE), H)],
    "what is picked up before the hand-over is recorded": [
        (hit(-0.4, "open", CHROME, CLOUD), S), (hit(-0.2, "a", CHROME, CLOUD), S)],
    "somebody waits for the mail and opens it in two seconds, and clicks in five": [
        (hit(2, "open", IPHONE), H), (hit(5, "confirm", IPHONE), H)],
    "a browser guesses the next page": [
        (hit(60, "open"), H), (hit(61, "cart", CHROME, HOME, "PREFETCH"), S), (hit(66, "cart"), H)],
    "a program that names itself": [
        (hit(100, "a", "python-requests/2.31"), S), (hit(100, "open", "curl/8.5"), S),
        (hit(100, "b", "Barracuda Sentinel (EE)"), S), (hit(5000, "a", "Slackbot-LinkExpanding 1.0"), S)],
    "something without a name": [(hit(100, "open", ""), S), (hit(100, "a", "  "), S)],
    "an image proxy that follows a link is none": [(hit(100, "a", GMAIL, CLOUD), S), (hit(100, "b", APPLE, CLOUD), S)],
    "five links in eight seconds, slowly enough for each pair": [
        *((hit(200 + n * 1.6, f"link{n}", CHROME, CLOUD), S) for n in range(5))],
    "a person who reads a long newsletter": [
        (hit(200, "open", IPHONE), H), *((hit(210 + n * 7, f"link{n}", IPHONE), H) for n in range(6))],
}  # fmt: skip


@pytest.mark.parametrize("name", SEQUENCES)
def test_sequences_as_they_are_seen(name: str) -> None:
    told = SEQUENCES[name]
    assert judge([one for one, _ in told], SENT) == [by for _, by in told]


@pytest.mark.parametrize("name", SEQUENCES)
def test_the_order_in_which_hits_are_read_changes_nothing(name: str) -> None:
    told = SEQUENCES[name][::-1]
    assert judge([one for one, _ in told], SENT) == [by for _, by in told]


def test_without_the_moment_of_the_hand_over_haste_still_shows() -> None:
    hits: Sequence[Hit] = [hit(1, "open"), hit(1, "a"), hit(1.1, "b"), hit(90, "a")]
    assert judge(hits, None) == ["scanner", "scanner", "scanner", "human"]


def test_nothing_is_judged_of_nothing() -> None:
    assert judge([], SENT) == []


@pytest.mark.parametrize(
    ("agent", "by"),
    [
        (CHROME, H), (IPHONE, H), (OUTLOOK, H), ("Microsoft Office/16.0 (Microsoft Outlook 16.0.17328; Pro)", H),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.7.0", H), ("Outlook-iOS/2.0", H),
        (GMAIL, P), (APPLE, P), (YAHOO, P), ("Mozilla/5.0 (compatible; YandexImageResizer/2.0)", P),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", S), ("Go-http-client/1.1", S),
        (CHROME.replace("Chrome", "HeadlessChrome"), S), ("Mimecast URL Scanner", S), ("", S), ("x" * 5000, H),
    ],
)  # fmt: skip
def test_what_a_name_says(agent: str, by: By) -> None:
    assert agent_of(agent) == by
