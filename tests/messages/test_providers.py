from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hourglass import definitions
from hourglass.channels import CHANNEL
from hourglass.definitions import Kinds
from hourglass.kernel import Secret, Settings, WorkspaceId
from hourglass.messages.delivery.providers import Provider, Providers, providers_of
from hourglass.secrets import open_vault, put_secret
from tests.messages.shop import NOW, SHOP, Shop

KINDS = Kinds([CHANNEL])


@pytest.fixture
def settings(data: Path) -> Settings:
    return Settings(data=data, smtp_url="smtp://127.0.0.1:25")


def document(shop: Shop, key: str, plugin: str = "console", **more: Any) -> None:
    with shop.database.transaction() as tx:
        body = {"kind": "channel", "key": key, "plugin": plugin, **more}
        definitions.put(tx, SHOP, body, kinds=KINDS, author="test", now=NOW)


def keys(shop: Shop, providers: Providers, channel: str = "email", workspace_id: WorkspaceId = SHOP) -> list[str]:
    with shop.database.transaction() as tx:
        return [one.key for one in providers.of(tx, workspace_id, channel)]


def test_without_documents_the_environment_says(shop: Shop, settings: Settings) -> None:
    with shop.database.transaction() as tx:
        [one] = providers_of(tx, SHOP, "email", settings)
        assert (one.workspace_id, one.manifest.name, one.channel) == (None, "email", "email")
        assert providers_of(tx, SHOP, "sms", settings) == []


def test_documents_stand_before_the_environment_in_their_order(shop: Shop, settings: Settings) -> None:
    document(shop, "b", order=1)
    document(shop, "spare", order=7)
    document(shop, "a", order=1)
    providers = Providers(settings)
    assert keys(shop, providers) == ["a", "b", "spare"]


def test_a_paused_one_is_left_out_from_the_next_look(shop: Shop, settings: Settings) -> None:
    document(shop, "a")
    document(shop, "b")
    providers = Providers(settings)
    assert keys(shop, providers) == ["a", "b"]
    with shop.database.transaction() as tx:
        definitions.set_state(tx, SHOP, "channel", "a", "paused", NOW)
    assert keys(shop, providers) == ["b"]


def test_nothing_is_read_again_while_nothing_changes(shop: Shop, settings: Settings) -> None:
    document(shop, "a")
    providers = Providers(settings)
    with shop.database.transaction() as tx:
        assert providers.of(tx, SHOP, "email")[0] is providers.of(tx, SHOP, "email")[0]


def test_a_provider_whose_secret_is_missing_waits_for_it(shop: Shop, settings: Settings) -> None:
    document(shop, "grid", "sendgrid", settings={"api_key": {"secret": "grid"}, "sender": "Shop <shop@shop.example>"})
    document(shop, "spare", order=2)
    providers = Providers(settings)
    assert keys(shop, providers) == ["spare"]
    with shop.database.transaction() as tx:
        put_secret(tx, open_vault(settings), SHOP, "grid", "SG.key", author="test", now=NOW)
    assert keys(shop, providers) == ["grid", "spare"]


def test_a_new_secret_makes_another_provider(shop: Shop, settings: Settings) -> None:
    document(shop, "grid", "sendgrid", settings={"api_key": {"secret": "grid"}, "sender": "Shop <shop@shop.example>"})
    providers = Providers(settings)
    seen: list[Provider] = []
    for text in ("one", "one", "two"):
        with shop.database.transaction() as tx:
            put_secret(tx, open_vault(settings), SHOP, "grid", text, author="test", now=NOW)
        with shop.database.transaction() as tx:
            seen += providers.of(tx, SHOP, "email")
    assert seen[0] == seen[1] != seen[2]
    assert getattr(seen[2].settings, "api_key") == Secret("two", "grid")  # noqa: B009


def test_another_workspace_has_its_own(shop: Shop, settings: Settings) -> None:
    document(shop, "a")
    shop.run("INSERT INTO workspaces (id, key, name, currency, zone, locale) VALUES (2, 'b', 'B', 'EUR', 'UTC', 'en')")
    assert keys(shop, Providers(settings), workspace_id=WorkspaceId(2)) == [""]
