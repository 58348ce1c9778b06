"""Keys, one-time links, sessions: who may come in."""

from hourglass.web.auth.keyring import KeyRing
from hourglass.web.auth.keys import FoundKey, create_key, find_key
from hourglass.web.auth.links import create_login_link, first_login_link

__all__ = ["FoundKey", "KeyRing", "create_key", "create_login_link", "find_key", "first_login_link"]
