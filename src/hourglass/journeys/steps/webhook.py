"""Webhook: asks another system, and waits for its answer, which later steps can use; or only tells it, and goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from hourglass.journeys.steps.answer import Answer, Do, Effect, Next
from hourglass.journeys.steps.asked import Awaited, Facts
from hourglass.journeys.steps.hearing import Hearing
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.values import Value, read_value
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration

ANSWERED = "Webhook Answered"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_OF_CALL = {"url", "method", "headers", "body", "sign"}
_OF_ANSWER = {"timeout", "into", "then", "else"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS = frozenset(
    ("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "upgrade", "trailer")
)
"""They say where a call goes and where its body ends."""
_ORIGIN = re.compile(r"https?://[^/?#{}\s]+(?=[/?#]|$)")
_LONGEST = timedelta(days=7)


class Call(Effect, frozen=True, kw_only=True, tag="webhook"):
    """Whom to ask how; its content are url, headers and body. `sign`: the name of a secret."""

    method: str
    sign: str | None

    def needs(self) -> Sequence[Need]:
        """The secrets that it is signed with and shows."""
        shown = (_named(one) for one in self.content["headers"].values())
        return [Need("secret", name) for name in (self.sign, *shown) if name]


class Webhook(Hearing, frozen=True, kw_only=True):
    """An answer is what it waits for. `into`: its name later."""

    call: Call
    into: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """Ask, and stay; whoever has heard goes on."""
        answers: list[Answer] = []
        for run, heard in zip(runs, facts.heard(self.awaited, runs), strict=True):
            if heard is None:
                answers.append(Do(self.call, until=run.moment + self.awaited.timeout))
                continue
            said = cast("dict[str, Any]", heard.facts["properties"])
            kept = {self.into: said.get("response")} if self.into and said.get("ok") is True else {}
            answers.append(Next(self.then if said.get("ok") is True else self.otherwise, heard=heard, learns=kept))
        return answers

    def needs(self) -> Sequence[Need]:
        """As of the call."""
        return self.call.needs()

    def summary(self) -> str:
        """Method and address."""
        return f"{self.call.method} {self.written}"


class Tell(Step, frozen=True, kw_only=True):
    """Nobody waits for the answer."""

    call: Call
    written: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Ask, and on."""
        done = Do(self.call)
        return [done for _ in runs]

    def needs(self) -> Sequence[Need]:
        """As of the call."""
        return self.call.needs()

    def summary(self) -> str:
        """Method and address."""
        return f"{self.call.method} {self.written}"


def read_webhook(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{webhook: {url: "https://crm.example.com/vip", body: {...}, sign: {secret: NAME}, timeout: 10m, into: crm}}`.

    Also `method` (POST), `headers`, and ways of its own: `then` for an answer, `else` for none in time.

    `{webhook: {url: "https://example.com/ping", method: GET, wait: false}}` tells the other system and goes on at once.
    """
    here = f"{path}.webhook"
    if not isinstance(body["webhook"], dict):
        raise Malformed("A webhook is {webhook: {url: https://...}}.", path=here)
    asked = cast("dict[str, Any]", body["webhook"])
    waits = asked.get("wait", True)
    if not isinstance(waits, bool):
        raise Malformed("`wait` is true or false.", path=f"{here}.wait")
    only(asked, {"wait", *_OF_CALL, *(_OF_ANSWER if waits else ())}, here)
    call = _call(asked, here)
    if not waits:
        return Tell(call=call, written=str(asked["url"]))
    into, timeout = asked.get("into"), asked.get("timeout", "10m")
    if into is not None and not (isinstance(into, str) and _NAME.fullmatch(into)):
        raise Malformed("`into` is a name like crm, made of letters, digits and _.", path=f"{here}.into")
    return Webhook(
        call=call,
        written=str(asked["url"]),
        awaited=Awaited(event=ANSWERED, where=(), timeout=_timeout(timeout, f"{here}.timeout"), own=True),
        into=into,
        then=inner(asked.get("then", []), f"{here}.then"),
        otherwise=inner(asked.get("else", []), f"{here}.else"),
    )


def _call(asked: Mapping[str, Any], here: str) -> Call:
    method = asked.get("method", "POST")
    if method not in _METHODS:
        raise Malformed(f"`method` is one of {', '.join(_METHODS)}.", path=f"{here}.method")
    content = {
        "url": read_value(_url(asked.get("url"), f"{here}.url"), f"{here}.url"),
        "headers": read_value(_headers(asked.get("headers", {}), f"{here}.headers"), f"{here}.headers"),
        "body": read_value(asked.get("body"), f"{here}.body"),
    }
    return Call(content=content, method=method, sign=_sign(asked.get("sign"), f"{here}.sign"))


def _url(value: object, path: str) -> str:
    text = value if isinstance(value, str) else ""
    origin = _ORIGIN.match(text)
    try:
        parts = urlsplit(origin[0] if origin else "")
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if not host:
        raise Malformed("`url` is an address like https://example.com/hook; its host stands there as it is.", path=path)
    if parts.username or parts.password:
        raise Malformed("Leave name and password out of the address; use `headers` or `sign`.", path=path)
    return text


def _headers(value: object, path: str) -> dict[str, Value]:
    headers = cast("dict[str, Any]", value) if isinstance(value, dict) else None
    if headers is None:
        raise Malformed("`headers` is a map like {x-shop: tea}.", path=path)
    for name, one in headers.items():
        if not _HEADER.fullmatch(name) or name.lower() in _OURS:
            raise Malformed(f"“{name}” is no header that can be set here.", path=f"{path}.{name}")
        if not isinstance(one, str) and not _named(one):
            raise Malformed("A header is a text, or {secret: NAME}.", path=f"{path}.{name}")
    return headers


def _sign(value: object, path: str) -> str | None:
    if value is None:
        return None
    if name := _named(value):
        return name
    raise Malformed("`sign` names a secret: {secret: NAME}; set it with hourglass secrets set NAME.", path=path)


def _named(value: object) -> str | None:
    if not isinstance(value, dict) or set(cast("dict[str, Any]", value)) != {"secret"}:
        return None
    name = cast("dict[str, Any]", value)["secret"]
    return name if isinstance(name, str) and name else None


def _timeout(value: object, path: str) -> timedelta:
    span = parse_duration(str(value), path)
    if not timedelta(seconds=1) <= span <= _LONGEST:
        raise Malformed("Wait for an answer from 1s to 7d.", path=path)
    return span
