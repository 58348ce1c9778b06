"""One try to call another system: signed, out into the world only, no redirects, and an answer of limited size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from hourglass.channels import Answer, read_secret, resolve, signed
from hourglass.kernel import Clock, HourglassError, Malformed, Unavailable, monotonic

if TYPE_CHECKING:
    import httpx

SECONDS = 10.0
LARGEST = 16 * 1024
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))


class Request(Struct, frozen=True, kw_only=True):
    """What is asked of whom. Headers are texts, or `{secret: NAME}`; `sign` names the secret that signs the body."""

    url: str
    headers: dict[str, str | dict[str, str]] = {}
    body: Any = None
    sign: str | None = None

    def secrets(self) -> set[str]:
        """The names of the secrets it needs."""
        named = {value["secret"] for value in self.headers.values() if isinstance(value, dict)}
        return named | ({self.sign} if self.sign else set())


class Tried(Struct, frozen=True, kw_only=True):
    """What one try came to. `again`: it may go better later; `pause`: seconds that the other side asked for."""

    ok: bool
    status: int | None = None
    response: Any = None
    detail: str = ""
    again: bool = False
    away: bool = False
    """Nobody could be reached."""
    pause: float = 0.0


def post(
    client: httpx.Client,
    method: str,
    asked: Request,
    secrets: Mapping[str, str],
    mark: str,
    clock: Clock,
    *,
    private: bool,
) -> Tried:
    """Call once. The name is looked up each time, and what was looked at is where it goes."""
    import httpx

    try:
        place = resolve(asked.url, private=private)
        headers, body = _written(asked, secrets, mark, clock)
        # Not packed: a small packet that unpacks to gigabytes would be unpacked before its size is looked at.
        headers |= {"host": place.host, "user-agent": "Hourglass", "accept-encoding": "identity"}
        sni = {"sni_hostname": place.name}
        octets = [(name.encode("ascii"), value.encode()) for name, value in headers.items()]
        with client.stream(method, place.url, content=body, headers=octets, extensions=sni) as answer:
            return _read(answer, until=monotonic() + SECONDS)
    except Unavailable as error:
        return Tried(ok=False, again=True, away=True, detail=error.sentence)
    except HourglassError as error:
        return Tried(ok=False, detail=error.sentence)
    except (httpx.InvalidURL, httpx.LocalProtocolError, httpx.UnsupportedProtocol, UnicodeError) as error:
        return Tried(ok=False, detail=f"This cannot be asked like that ({error}).")
    except httpx.HTTPError as error:
        return Tried(ok=False, again=True, away=True, detail=f"It cannot be reached ({type(error).__name__}).")


def _written(
    asked: Request, secrets: Mapping[str, str], mark: str, clock: Clock
) -> tuple[dict[str, str], bytes | None]:
    """Headers and body. Raises Malformed when a secret is missing."""
    if missing := sorted(asked.secrets() - secrets.keys()):
        raise Malformed(f"There is no secret “{missing[0]}”; set it: hourglass secrets set {missing[0]}.")
    body = None if asked.body is None else msgspec.json.encode(asked.body)
    headers = (
        {"webhook-id": mark}
        if asked.sign is None
        else signed(read_secret(secrets[asked.sign]), mark, body or b"", clock.now())
    )
    if body is not None:
        headers["content-type"] = "application/json"
    for name, value in asked.headers.items():
        headers[name.lower()] = secrets[value["secret"]] if isinstance(value, dict) else value
    return headers, body


def _read(response: httpx.Response, *, until: float) -> Tried:
    octets = b""
    for piece in response.iter_raw():
        octets += piece
        if len(octets) > LARGEST:
            break
        if monotonic() > until:
            return Tried(ok=False, again=True, away=True, detail=f"The answer took over {SECONDS:.0f} seconds.")
    headers = {name.lower(): value for name, value in response.headers.items()}
    answer = Answer(status=response.status_code, headers=headers, body=octets[: LARGEST + 1])
    if answer.fine:
        if len(octets) > LARGEST:
            return Tried(ok=True, status=answer.status, detail=f"The answer is over {LARGEST} octets and was not kept.")
        return Tried(ok=True, status=answer.status, response=answer.decoded())
    redirect = "It sends elsewhere; give the address where that ends." if 300 <= answer.status < 400 else ""
    return Tried(
        ok=False,
        status=answer.status,
        response=answer.decoded() if len(octets) <= LARGEST else None,
        detail=redirect or answer.sentence(),
        again=answer.status in _AGAIN,
        pause=answer.wait() or 0.0,
    )
