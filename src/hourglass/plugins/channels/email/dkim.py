"""Signing a mail by DKIM (RFC 6376), relaxed/relaxed, with every key of its domain that is in use (RFC 8463: two).

Pure-Python signers make 118 signatures a second; this one spends its time in OpenSSL alone.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hourglass.channels import SigningKey, in_use_since, private_key, signing_keys
from hourglass.kernel import monotonic

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_COVERED = (
    b"from", b"to", b"reply-to", b"subject", b"date", b"message-id", b"mime-version", b"content-type",
    b"content-transfer-encoding", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"feedback-id",
    b"precedence", b"auto-submitted",
)  # fmt: skip
# Named once more than they stand there, so that nobody can add a second one on the way (RFC 6376, 8.15).
_NEVER_TWICE = (b"from", b"to", b"reply-to", b"subject", b"date", b"message-id")
_RUNS, _LINE_ENDS = re.compile(rb"  +"), re.compile(rb" \r\n")  # found in half the time that `in` takes
_FRESH = 30.0  # seconds until the folder is looked at again, for keys that were made meanwhile

Sign = Callable[[bytes], bytes]


class Signatures:
    """The `DKIM-Signature` headers of one domain."""

    def __init__(self, keys: list[SigningKey]) -> None:
        self._keys = [(_opening(key), _sign(private_key(key))) for key in keys]

    def headers(self, head: bytes, body: bytes, at: int) -> bytes:
        """One header for each key, to stand on top of the mail; `at` in seconds since 1970."""
        if not self._keys:
            return b""
        found = canonical_head(head)
        covered = [name for name in _COVERED if name in found]
        names = b":".join([*covered, *_NEVER_TWICE])
        lines = b"\r\n".join(found[name] for name in covered)
        digest = b64encode(sha256(canonical_body(body)).digest())
        signed: list[bytes] = []
        for opening, sign in self._keys:
            value = b"%s; t=%d; h=%s; bh=%s; b=" % (opening, at, names, digest)
            signature = sign(lines + b"\r\ndkim-signature:" + value)
            signed.append(_folded(b"%s; t=%d" % (opening, at), names, digest, signature))
        return b"".join(signed)


class Keyring:
    """Signatures by domain, from the folder of signing keys; a domain without keys uses its parent's."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[str, _Known] = {}

    def signatures(self, domain: str) -> Signatures:
        """For a From at this domain; without any key, mails go unsigned."""
        known = self._known.get(domain)
        if known is None or monotonic() > known.fresh_until:
            known = self._known[domain] = self._looked(domain, known)
        return known.signatures

    def _looked(self, domain: str, known: _Known | None) -> _Known:
        """Reading keys takes a tenth of a second, so they are only read when others came into use."""
        stamp = [in_use_since(self._folder, name) for name in _houses(domain)] if self._folder else []
        same = known is not None and known.stamp == stamp
        signatures = known.signatures if known is not None and same else Signatures(self._keys(domain))
        return _Known(stamp, signatures, monotonic() + _FRESH)

    def _keys(self, domain: str) -> list[SigningKey]:
        found = [used for name in _houses(domain) if self._folder and (used := _used(self._folder, name))]
        return found[0] if found else []


class _Known(NamedTuple):
    stamp: list[int]
    signatures: Signatures
    fresh_until: float


def _houses(domain: str) -> list[str]:
    """The domain and its parents: relaxed alignment (RFC 7489, 3.1.1) lets shop.example sign for news.shop.example."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def canonical_head(head: bytes) -> dict[bytes, bytes]:
    """Relaxed (RFC 6376, 3.4.2): each header by its name in lower case, unfolded, runs of white space one space."""
    found: dict[bytes, bytes] = {}
    for line in _RUNS.sub(b" ", head.replace(b"\t", b" ").replace(b"\r\n ", b" ")).rstrip().split(b"\r\n"):
        name, _, value = line.partition(b":")
        name = name.strip().lower()
        found[name] = name + b":" + value.strip()
    return found


def canonical_body(body: bytes) -> bytes:
    """Relaxed (RFC 6376, 3.4.4): runs of white space are one space, none at line ends, no empty lines at the end."""
    if b"\t" in body:
        body = body.replace(b"\t", b" ")
    body = _LINE_ENDS.sub(b"\r\n", _RUNS.sub(b" ", body))
    body = body.rstrip(b"\r\n ") if body.endswith((b"\r\n", b" ")) else body
    return body + b"\r\n" if body else b""


def _used(folder: Path, domain: str) -> list[SigningKey]:
    return [key for key in signing_keys(folder, domain) if key.in_use]


def _opening(key: SigningKey) -> bytes:
    said = f"v=1; a={key.algorithm}-sha256; c=relaxed/relaxed; d={key.domain}; s={key.selector}"
    return said.encode("ascii")


def _folded(opening: bytes, names: bytes, digest: bytes, signature: bytes) -> bytes:
    """Folded where relaxed canonicalisation makes one space again; `b` alone is cut inside, which it allows."""
    lines = b"\r\n ".join(signature[at : at + 72] for at in range(0, len(signature), 72))
    return b"DKIM-Signature: %s;\r\n h=%s;\r\n bh=%s;\r\n b=%s\r\n" % (opening, names, digest, lines)


def _sign(key: RSAPrivateKey | Ed25519PrivateKey) -> Sign:
    """From what is covered to the signature, base64."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256

    if isinstance(key, RSAPrivateKey):
        padding, algorithm = PKCS1v15(), SHA256()
        return lambda covered: b64encode(key.sign(covered, padding, algorithm))
    return lambda covered: b64encode(key.sign(sha256(covered).digest()))
