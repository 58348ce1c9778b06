"""Keys, one-time links, sessions: who may come in."""

from hourglass.web.auth.keyring import KeyRing
from hourglass.web.auth.keys import ApiKey, FoundKey, create_key, find_key, list_keys, revoke_key
from hourglass.web.auth.links import create_login_link, first_login_link
from hourglass.web.auth.users import User, create_user, find_user, list_users, remove_user, set_rights

__all__ = [
    "ApiKey",
    "FoundKey",
    "KeyRing",
    "User",
    "create_key",
    "create_login_link",
    "create_user",
    "find_key",
    "find_user",
    "first_login_link",
    "list_keys",
    "list_users",
    "remove_user",
    "revoke_key",
    "set_rights",
]
