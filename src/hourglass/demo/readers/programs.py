"""With what people read: the words by which programs, proxies and scanners introduce themselves."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from hourglass.demo.chance import dice, pick, weighted

Kind = Literal["plain", "apple", "gmail", "guarded"]
"""Loads its own pictures; Apple's proxy loads them unasked; Gmail's when asked; behind a scanner of links."""
_KINDS: tuple[tuple[Kind, float], ...] = (("plain", 44), ("gmail", 28), ("apple", 22), ("guarded", 6))

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/131.0.0.0 Safari/537.36"
_ANDROID = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {_WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36"
_THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0"
APPLE_PROXY = "Mozilla/5.0"
GMAIL_PROXY = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
SCANNERS = (
    "Mozilla/5.0 (compatible; Barracuda Sentinel)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Proofpoint URLDefense/1.0",
    "Mimecast/1.0 (+link check)",
)


class Program(Struct, frozen=True, kw_only=True):
    """How somebody reads mail; always the same for the same address."""

    kind: Kind
    browser: str
    scanner: str


def program(address: str, seed: str) -> Program:
    """The program of an address."""
    throw = dice(seed, "program", address)
    kind = weighted(throw, _KINDS)
    browser = _PHONE if kind == "apple" else pick(throw, (_CHROME, _CHROME, _ANDROID, _PHONE, _THUNDERBIRD))
    return Program(kind=kind, browser=browser, scanner=pick(throw, SCANNERS))
