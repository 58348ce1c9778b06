"""Encrypts and opens secrets: AES-256-GCM, with the key outside the database, and a name that cannot be swapped.

A sealed secret is one octet for the version, four that name the key, twelve of nonce, then the encrypted text with its
tag. Workspace and name are authenticated with it: a row copied to another name or workspace does not open.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64decode
from binascii import unhexlify
from hashlib import blake2b
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hourglass.kernel import Malformed, Settings, Unavailable, WorkspaceId
from hourglass.secrets.keyfile import keep_secret, read_keys, replace_keys

_VERSION = b"\x01"
_NONCE = 12
_FILE = "vault.key"


class Vault:
    """Seals with the key in force and opens with any key it knows."""

    def __init__(self, place: Path, stated: list[bytes]) -> None:
        self._place = place
        self._stated = stated
        self._ciphers: dict[bytes, AESGCM] = {}

    @property
    def stated(self) -> bool:
        """Whether the environment says the key, so that there is no file to change."""
        return bool(self._stated)

    def seal(self, workspace_id: WorkspaceId, name: str, text: str) -> bytes:
        """The text, encrypted for this place; the key is read anew, so that one just changed counts."""
        key = self._keys()[0]
        nonce = os.urandom(_NONCE)
        return _VERSION + _name_of(key) + nonce + AESGCM(key).encrypt(nonce, text.encode(), _place(workspace_id, name))

    def open(self, workspace_id: WorkspaceId, name: str, sealed: bytes) -> str:
        """The text. Raises Unavailable when the key is not here or the row was changed."""
        key_name, nonce, octets = sealed[1:5], sealed[5 : 5 + _NONCE], sealed[5 + _NONCE :]
        cipher = self._cipher(key_name)
        if sealed[:1] != _VERSION or cipher is None:
            raise Unavailable(
                f"The secret “{name}” was encrypted with a key that is not here. Bring back {_FILE} or "
                "HOURGLASS_SECRETS_KEY, or set the secret anew: hourglass secrets set."
            )
        try:
            return cipher.decrypt(nonce, octets, _place(workspace_id, name)).decode()
        except InvalidTag:
            raise Unavailable(f"The secret “{name}” was changed in the database; set it anew.") from None

    def add_key(self) -> None:
        """First half of a rotation: a new key in force, the old ones still open. Stated keys stay as they are."""
        if not self._stated:
            replace_keys(self._place, [secrets.token_bytes(32), *self._keys()])

    def drop_old_keys(self) -> None:
        """Second half, after everything was sealed anew and committed."""
        if not self._stated:
            replace_keys(self._place, self._keys()[:1])

    def _cipher(self, key_name: bytes) -> AESGCM | None:
        if key_name not in self._ciphers:
            self._ciphers = {_name_of(key): AESGCM(key) for key in self._keys()}
        return self._ciphers.get(key_name)

    def _keys(self) -> list[bytes]:
        if self._stated:
            return self._stated
        keep_secret(self._place)
        return read_keys(self._place)


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation. Raises Malformed when the environment states something that is no key."""
    stated = [_key(text.strip()) for text in settings.secrets_key.split(",") if text.strip()]
    return Vault(settings.data / _FILE, stated)


def _key(text: str) -> bytes:
    for read in (unhexlify, b64decode):
        try:
            key = read(text)
        except ValueError:
            continue
        if len(key) == 32:
            return key
    raise Malformed("HOURGLASS_SECRETS_KEY is no key of 32 octets in hex or base64; make one: openssl rand -hex 32")


def _name_of(key: bytes) -> bytes:
    return blake2b(key, digest_size=4, person=b"hourglass-key").digest()


def _place(workspace_id: WorkspaceId, name: str) -> bytes:
    return f"hourglass secret {workspace_id} {name}".encode()
