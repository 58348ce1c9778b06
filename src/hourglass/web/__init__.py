"""The doors: collect, admin, tracking, and who may come in.

The names are looked up when first used: making a key must not load the web framework.
"""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.web.auth.keyring import KeyRing
    from hourglass.web.auth.keys import ApiKey, create_key, find_key, list_keys, revoke_key
    from hourglass.web.auth.links import create_login_link, first_login_link
    from hourglass.web.auth.users import User, create_user, find_user, list_users, remove_user, set_rights
    from hourglass.web.collect.app import CollectApp
    from hourglass.web.server import serve

__all__ = [
    "ApiKey",
    "CollectApp",
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
    "serve",
    "set_rights",
]

_ROOMS = {
    "auth.keyring": ("KeyRing",),
    "auth.keys": ("ApiKey", "create_key", "find_key", "list_keys", "revoke_key"),
    "auth.links": ("create_login_link", "first_login_link"),
    "auth.users": ("User", "create_user", "find_user", "list_users", "remove_user", "set_rights"),
    "collect.app": ("CollectApp",),
    "server": ("serve",),
}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
