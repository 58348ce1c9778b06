from __future__ import annotations

from typing import Annotated, Any

import jsonschema_rs
import pytest
from msgspec import Meta, Struct

from hourglass.channels import CHANNEL, Manifest, options_schema, read_channel, read_options, state_options
from hourglass.kernel import Malformed, Secret


class KeySettings(Struct, frozen=True, kw_only=True):
    key: Secret
    spare: Secret | None = None
    url: str = "https://provider.example"
    pace: Annotated[int, Meta(ge=1)] = 3


PLUGIN = Manifest(name="made", channel="email", address="email", words={"en": "Made"}, settings=KeySettings, open="x:y")
CONSOLE: dict[str, Any] = {"kind": "channel", "key": "dev", "plugin": "console"}


def test_a_document_names_its_plugin_order_and_settings() -> None:
    read = read_channel({**CONSOLE, "name": "For us", "order": 5, "settings": {"keep": 7}})
    assert (read.key, read.name, read.order, read.manifest.name) == ("dev", "For us", 5, "console")
    assert getattr(read.settings, "keep") == 7  # noqa: B009


@pytest.mark.parametrize(
    ("change", "path", "word"),
    [
        ({"plugin": "pigeon"}, "plugin", "known: amazon|known: .*console"),
        ({"plugin": None}, "plugin", "known"),
        ({"setings": {}}, "setings", "has no field"),
        ({"settings": {"kep": 1}}, "settings.kep", "known: body, keep"),
        ({"settings": {"keep": "many"}}, "settings.keep", "int"),
        ({"settings": {"keep": -1}}, "settings.keep", ">= 0"),
        ({"settings": [1]}, "settings", "object"),
        ({"order": "first"}, "order", "whole number"),
        ({"order": True}, "order", "whole number"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, Any], path: str, word: str) -> None:
    with pytest.raises(Malformed, match=word) as error:
        read_channel({**CONSOLE, **change})
    assert error.value.path == path


def test_a_secret_stands_by_name_and_never_as_text() -> None:
    settings = read_options(PLUGIN, {"key": {"secret": "made-key"}}, {"made-key": "hunter2"}.get)
    assert isinstance(settings, KeySettings)
    assert settings.key.reveal() == "hunter2"
    assert "hunter2" not in repr(settings)
    with pytest.raises(Malformed, match="secrets set") as error:
        read_options(PLUGIN, {"key": "hunter2"}, {}.get)
    assert error.value.path == "key"
    assert "hunter2" not in str(error.value)


def test_a_secret_that_nobody_set_is_named() -> None:
    with pytest.raises(Malformed, match="made-key") as error:
        read_options(PLUGIN, {"key": {"secret": "made-key"}}, {}.get)
    assert error.value.path == "key"


def test_a_password_in_an_address_is_refused() -> None:
    options = {"key": {"secret": "k"}, "url": "smtp://user:hunter2@mail.example"}
    with pytest.raises(Malformed, match="password") as error:
        read_options(PLUGIN, options, {"k": "x"}.get)
    assert error.value.path == "url"
    assert "hunter2" not in str(error.value)


def test_the_environment_states_texts() -> None:
    settings = state_options(PLUGIN, {"key": "hunter2", "pace": "4"})
    assert isinstance(settings, KeySettings)
    assert (settings.key.reveal(), settings.pace) == ("hunter2", 4)


def test_the_schema_is_a_form_that_knows_its_secrets() -> None:
    schema = options_schema(PLUGIN)
    assert schema["properties"]["key"]["x-secret"] is True
    assert schema["required"] == ["key"]
    assert jsonschema_rs.is_valid(schema, {"key": {"secret": "k"}, "pace": 1})
    assert not jsonschema_rs.is_valid(schema, {"key": "hunter2"})


def test_the_published_schema_takes_what_we_take() -> None:
    schema = CHANNEL.schemas["channel"]()
    assert jsonschema_rs.is_valid(schema, {**CONSOLE, "settings": {"keep": 7}, "order": 1})
    assert not jsonschema_rs.is_valid(schema, {**CONSOLE, "settings": {"kep": 7}})
    assert not jsonschema_rs.is_valid(schema, {**CONSOLE, "plugin": "pigeon"})
