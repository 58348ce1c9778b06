"""Signing keys of sending domains (DKIM): `<folder>/<domain>/<selector>.pem`, and which of them are in use.

The private halves never leave this folder; the public ones go into DNS. Two keys are made together, RSA for everybody
and Ed25519 (RFC 8463) for those who can read it; a mail carries both signatures.
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from hourglass.channels.mail.private_file import keep
from hourglass.kernel import Conflict, Malformed, NotFound

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

Algorithm = Literal["rsa", "ed25519"]
_BITS = 2048  # what fits into DNS everywhere and is trusted everywhere
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_IN_USE = "in_use"


class SigningKey(Struct, frozen=True, kw_only=True):
    """One key of a domain. `public` is what DNS publishes (base64)."""

    domain: str
    selector: str
    algorithm: Algorithm
    public: str
    in_use: bool
    path: Path

    @property
    def record_name(self) -> str:
        """The name in DNS under which mailboxes look for it."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """The TXT record (RFC 6376, 3.6.1)."""
        return f"v=DKIM1; k={self.algorithm}; p={self.public}"


def ascii_domain(domain: str) -> str:
    """A domain as DNS knows it: lower case, international letters as Punycode. Raises Malformed."""
    try:
        name = domain.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not _DOMAIN.fullmatch(name):
        raise Malformed("A domain is written like shop.example.", path="domain")
    return name


def create_keys(folder: Path, domain: str, now: datetime) -> list[SigningKey]:
    """A new pair of keys for a domain. The first pair is used at once; a later one waits until `use_keys`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    home = folder / ascii_domain(domain)
    stem = f"hg{now:%Y%m%d}"
    if any(home.glob(f"{stem}*.pem")):
        raise Conflict(f"Keys of {home.name} were made today already: selector {stem}.", path="domain")
    _write(home / f"{stem}r.pem", generate_private_key(65537, _BITS))
    _write(home / f"{stem}e.pem", Ed25519PrivateKey.generate())
    if not (home / _IN_USE).exists():
        keep(home / _IN_USE, stem.encode("ascii"))
    return [key for key in signing_keys(folder, home.name) if key.selector.startswith(stem)]


def use_keys(folder: Path, domain: str, selector: str) -> list[SigningKey]:
    """Sign with this pair from now on; its records must stand in DNS already."""
    home = folder / ascii_domain(domain)
    stem = selector.rstrip("re")
    if not re.fullmatch(r"[a-z0-9]+", stem) or not any(home.glob(f"{stem}?.pem")):
        raise NotFound(f"{home.name} has no keys with the selector {selector}.", path="selector")
    aside = home / f"{_IN_USE}.new"
    keep(aside, stem.encode("ascii"))
    aside.replace(home / _IN_USE)
    return [key for key in signing_keys(folder, home.name) if key.in_use]


def signing_keys(folder: Path, domain: str) -> list[SigningKey]:
    """Every key of a domain, oldest first; none when there is no folder for it."""
    home = folder / ascii_domain(domain)
    if not home.is_dir():
        return []
    used = home.joinpath(_IN_USE)
    stem = used.read_text("ascii").strip() if used.exists() else ""
    return [_read(path, home.name, in_use=path.stem[:-1] == stem) for path in sorted(home.glob("*.pem"))]


def in_use_since(folder: Path, domain: str) -> int:
    """Changes whenever other keys of the domain come into use; 0 without any."""
    try:
        return (folder / domain / _IN_USE).stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def private_key(key: SigningKey) -> RSAPrivateKey | Ed25519PrivateKey:
    """The private half, to sign with. Raises Malformed when the file holds something else."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    loaded = _load(key.path)
    if not isinstance(loaded, RSAPrivateKey | Ed25519PrivateKey):
        raise Malformed(f"{key.path.name} is neither an RSA nor an Ed25519 key.", path=key.domain)
    return loaded


def _write(place: Path, key: RSAPrivateKey | Ed25519PrivateKey) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    keep(place, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _load(place: Path) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(place.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Malformed(f"{place.name} is no private key in PEM form without a password.", path=str(place)) from error


def _read(path: Path, domain: str, *, in_use: bool) -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = SigningKey(domain=domain, selector=path.stem, algorithm="rsa", public="", in_use=in_use, path=path)
    private = private_key(key)
    if isinstance(private, RSAPrivateKey):
        public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        algorithm: Algorithm = "rsa"
    else:
        public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        algorithm = "ed25519"
    return SigningKey(domain=domain, selector=path.stem, algorithm=algorithm, public=b64encode(public).decode("ascii"),
                      in_use=in_use, path=path)  # fmt: skip
