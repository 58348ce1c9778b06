"""Keys, one-time links, sessions: who may come in."""

from hourglass.web.auth.keyring import KeyRing
from hourglass.web.auth.keys import ApiKey, FoundKey, create_key, find_key, list_keys, revoke_key
from hourglass.web.auth.links import create_login_link, first_login_link

__all__ = [
    "ApiKey",
    "FoundKey",
    "KeyRing",
    "create_key",
    "create_login_link",
    "find_key",
    "first_login_link",
    "list_keys",
    "revoke_key",
]
