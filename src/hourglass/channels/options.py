"""Settings of a plug-in from a document or the environment: checked by its struct, secrets by name or by text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import msgspec
from msgspec import Struct

from hourglass.kernel import Malformed, Secret

# Letters before the @ of a URL with a colon among them: a password in the open.
_PASSWORD = re.compile(r"://[^/@\s]*:[^/@\s]+@")
_PLACE = re.compile(r" - at `\$\.?(.*)`$")


class Introduced(Protocol):
    """What a plug-in of any family says of its settings."""

    @property
    def name(self) -> str:
        """Of the plug-in."""
        ...

    @property
    def settings(self) -> type[Struct]:
        """Their struct."""
        ...

    @property
    def granted(self) -> frozenset[str]:
        """Those that the installation gives and no document."""
        ...


def read_options(manifest: Introduced, options: Mapping[str, Any], find: Callable[[str], str | None]) -> Struct:
    """The settings that a document states. `find` gives the text of a secret; None: nobody set it.

    Raises Malformed with the path inside the settings.
    """
    _refuse_strange(manifest, options)
    _refuse_passwords(options, "")

    def hook(kind: type, value: object) -> object:
        return _referred(value, find) if kind is Secret else value

    return _converted(manifest, options, hook, strict=True)


def state_options(manifest: Introduced, options: Mapping[str, Any]) -> Struct:
    """The settings that the environment states: texts for everything, secrets too. Raises Malformed."""

    def hook(kind: type, value: object) -> object:
        return Secret(value) if kind is Secret and isinstance(value, str) else value

    return _converted(manifest, options, hook, strict=False)


def options_schema(manifest: Introduced) -> dict[str, Any]:
    """The settings as JSON Schema; what is secret says so (`x-secret`)."""

    def hook(kind: type) -> dict[str, Any]:
        if kind is not Secret:
            raise NotImplementedError
        name = {"type": "string", "description": "Name of a secret, as `hourglass secrets list` shows it."}
        return {"type": "object", "properties": {"secret": name}, "required": ["secret"],
                "additionalProperties": False, "x-secret": True}  # fmt: skip

    [schema], components = msgspec.json.schema_components([manifest.settings], schema_hook=hook, ref_template="{name}")
    form = _whole(schema, components)
    fields = {name: one for name, one in form["properties"].items() if name not in manifest.granted}
    return {**form, "properties": fields, "additionalProperties": False}


def _referred(value: object, find: Callable[[str], str | None]) -> Secret:
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    name = told.get("secret")
    if len(told) != 1 or not isinstance(name, str):
        raise ValueError("here stands {secret: NAME}, never the text itself; set it by `hourglass secrets set NAME`")
    text = find(name)
    if text is None:
        raise ValueError(f"nobody has set the secret “{name}” yet; `hourglass secrets set {name}`")
    return Secret(text, name)


def _converted(manifest: Introduced, options: Mapping[str, Any], hook: Any, *, strict: bool) -> Struct:
    try:
        return msgspec.convert(options, manifest.settings, strict=strict, dec_hook=hook)
    except msgspec.ValidationError as error:
        sentence = str(error)
        place = _PLACE.search(sentence)
        raise Malformed(
            f"Settings of “{manifest.name}”: {_PLACE.sub('', sentence)}.", path=place[1] if place else None
        ) from error


def _refuse_strange(manifest: Introduced, options: Mapping[str, Any]) -> None:
    fields = [field.encode_name for field in msgspec.structs.fields(manifest.settings)]
    known = [name for name in fields if name not in manifest.granted]
    for name in options:
        if name not in known:
            raise Malformed(f"“{manifest.name}” has no setting “{name}”; known: {', '.join(known)}.", path=name)


def _refuse_passwords(value: object, place: str) -> None:
    if isinstance(value, dict):
        for name, inner in cast("dict[str, Any]", value).items():
            _refuse_passwords(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, str) and _PASSWORD.search(value):
        raise Malformed(
            "A password stands in this address. Documents are read by many: leave it out and use the setting for it.",
            path=place,
        )


def _whole(schema: dict[str, Any], components: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with what it refers to in its place; settings are trees."""
    name = schema.get("$ref")
    if isinstance(name, str):
        return _whole(components[name], components)
    return {key: _inner(value, components) for key, value in schema.items()}


def _inner(value: Any, components: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return _whole(cast("dict[str, Any]", value), components)
    if isinstance(value, list):
        return [_inner(one, components) for one in cast("list[Any]", value)]
    return value
