"""The published form of content agrees with what is read."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from hourglass.definitions import Kinds
from hourglass.messages import BRAND, SNIPPET, TEMPLATE, TOPIC, starter_documents

KINDS = Kinds([TEMPLATE, SNIPPET, BRAND, TOPIC])
BRAND_OF_ALL: dict[str, Any] = {
    "kind": "brand", "key": "default", "name": "Flowers", "url": "https://flowers.kz", "address": "1 Rose street",
    "from": {"name": "Flowers", "address": "news@flowers.kz"}, "colors": {"accent": "#aa0044"}, "utm": False,
    "locales": {"ru": {"name": "Цветы"}},
}  # fmt: skip
TOPIC_OF_ALL: dict[str, Any] = {
    "kind": "topic", "key": "news", "name": "News", "channels": ["email"], "confirm": ["email"], "hidden": True,
    "locales": {"ru": {"name": "Новости"}},
}  # fmt: skip


@pytest.mark.parametrize(
    "document", [*starter_documents([]), BRAND_OF_ALL, TOPIC_OF_ALL], ids=lambda one: f"{one['kind']}-{one['key']}"
)
def test_what_is_read_fits_and_what_nobody_knows_does_not(document: dict[str, Any]) -> None:
    schema = KINDS.schema(document["kind"])
    KINDS.check(document)
    assert list(jsonschema_rs.validator_for(schema).iter_errors(document)) == []
    assert not jsonschema_rs.is_valid(schema, {**document, "nonsense": 1})
