"""Every endpoint says what it needs, and who has that: nothing is open because somebody forgot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar import Router
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from hourglass.app.web import HANDLERS
from hourglass.kernel import ACCESS_ROLES, Permission
from tests.architecture.tree import refuse

OPEN = {"/health", "/login"}
"""Beside the pages for customers, which are known by the signature in their address."""
CUSTOMERS = ("/t/", "/u/", "/v/", "/p/", "/c/", "/webhooks/")


def endpoints() -> Iterator[tuple[str, str, BaseRouteHandler]]:
    """Method, path and handler of everything that the web role answers."""
    for route in Router("/", route_handlers=HANDLERS).routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"OPTIONS"}:
                    yield method, route.path_format, handler


def test_every_endpoint_declares_what_it_needs() -> None:
    faults = (
        f"{method} {path}"
        for method, path, handler in endpoints()
        if not isinstance(handler.opt.get("needs"), Permission)
    )
    refuse(faults, "Say who may use it: needs=Permission.LOOK")


def test_only_pages_for_customers_are_open_to_anybody() -> None:
    faults = (
        f"{method} {path}"
        for method, path, handler in endpoints()
        if handler.opt.get("needs") is Permission.ANYBODY and path not in OPEN and not path.startswith(CUSTOMERS)
    )
    refuse(faults, "Open without signing in:")


def test_looking_changes_nothing() -> None:
    tries = {"preview", "lint", "check", "logout"}
    faults = (
        f"{method} {path}"
        for method, path, handler in endpoints()
        if handler.opt.get("needs") is Permission.LOOK and method != "GET" and path.rsplit("/", 1)[-1] not in tries
    )
    refuse(faults, "It may change something, so it needs more than LOOK:")


def test_secrets_and_keys_are_the_owners() -> None:
    faults = (
        f"{method} {path}"
        for method, path, handler in endpoints()
        if path.startswith(("/api/keys", "/api/secrets", "/api/users"))
        and handler.opt.get("needs") is not Permission.OWN
    )
    refuse(faults, "Only an owner may:")


@pytest.mark.parametrize("permission", Permission)
def test_an_owner_may_everything(permission: Permission) -> None:
    assert permission in ACCESS_ROLES["owner"]
