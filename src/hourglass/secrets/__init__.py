"""Secrets of a workspace: keys and passwords of providers, encrypted at rest, written and never read by people."""

from hourglass.secrets.keyfile import keep_secret
from hourglass.secrets.store import SecretLine, list_secrets, put_secret, read_secrets, remove_secret, seal_anew
from hourglass.secrets.vault import Vault, open_vault

__all__ = [
    "SecretLine",
    "Vault",
    "keep_secret",
    "list_secrets",
    "open_vault",
    "put_secret",
    "read_secrets",
    "remove_secret",
    "seal_anew",
]
