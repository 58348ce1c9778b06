"""A brand: how the shop looks and signs in every message, said once instead of in each template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from hourglass.kernel import Malformed
from hourglass.messages.content.locales import variants
from hourglass.messages.content.utm import Utm

DEFAULT = "default"
"""The brand of every template that names no other."""

Color = Annotated[str, Meta(pattern=r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]
Address = Annotated[str, Meta(pattern=r"^(https?://|cid:)\S+$")]
_LIQUID = re.compile(r"\{[{%]")


class Colors(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Colours of a message. The page lies behind the card; `on_accent` is written on `accent`."""

    page: Color = "#f3f1ec"
    card: Color = "#ffffff"
    text: Color = "#2b2926"
    muted: Color = "#6b665f"
    line: Color = "#e4dfd6"
    accent: Color = "#1f5f5b"
    on_accent: Color = "#ffffff"


class Night(Colors, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same where the reader's screen is dark."""

    page: Color = "#161513"
    card: Color = "#211f1c"
    text: Color = "#f1ede6"
    muted: Color = "#aaa398"
    line: Color = "#3a3631"
    accent: Color = "#8ed0c6"
    on_accent: Color = "#10201e"


class Fonts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Font families with their fall-backs, as CSS writes them."""

    body: str = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
    heading: str = "Georgia, 'Times New Roman', serif"


class Logo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shop's sign; `dark` is the one for a dark page. `width` in CSS pixels."""

    src: Address
    dark: Address | None = None
    alt: str = ""
    width: Annotated[int, Meta(ge=16, le=600)] = 140


class Sender(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who messages are from."""

    name: str | None = None
    address: str | None = None


class Wording(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What differs in another language."""

    name: str | None = None
    tagline: str | None = None
    address: str | None = None
    url: str | None = None
    sender: Sender | None = field(name="from", default=None)


class Brand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document. `name` is what customers call the shop, `address` its postal one, as the law wants it shown."""

    kind: Literal["brand"] = "brand"
    key: str = DEFAULT
    state: str = "live"
    description: str = ""
    locale: str = "en"
    name: str = ""
    tagline: str = ""
    url: Address | None = None
    logo: Logo | None = None
    colors: Colors = field(default_factory=Colors)
    dark: Night = field(default_factory=Night)
    fonts: Fonts = field(default_factory=Fonts)
    address: str = ""
    email: str | None = None
    phone: str | None = None
    social: dict[str, Address] = field(default_factory=dict[str, str])
    sender: Sender = field(name="from", default_factory=Sender)
    reply_to: str | None = None
    utm: Utm | Literal[False] | None = None
    locales: dict[str, Wording] = field(default_factory=dict[str, Wording])


def read_brand(document: dict[str, Any]) -> Brand:
    """A document to a brand. Raises Malformed with the path."""
    try:
        brand = msgspec.convert(document, Brand)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `$")
        raise Malformed(f"The brand is wrong: {sentence}.", path=place.strip("`.") or None) from error
    for path, text in _texts(msgspec.to_builtins(brand)):
        if _LIQUID.search(text):
            raise Malformed("A brand holds plain text; Liquid belongs into templates.", path=path)
    senders = [("from", brand.sender)]
    senders += [(f"locales.{name}.from", one.sender) for name, one in brand.locales.items() if one.sender]
    for path, sender in senders:
        _check_mailbox(sender.address, f"{path}.address")
        if sender.name and any(ord(char) < 32 for char in sender.name):
            raise Malformed("A name is one line.", path=f"{path}.name")
    _check_mailbox(brand.reply_to, "reply_to")
    return brand


def words_of_brand(brand: Brand, locale: str, shop: str, workspace_locale: str) -> dict[str, Any]:
    """What templates see as `brand`, in one language. `shop`: the workspace's name, where the brand has none."""
    told = [brand.locales[name] for name in variants(brand.locale, brand.locales, locale, workspace_locale)]
    plain: dict[str, Any] = msgspec.to_builtins(brand)
    for one in reversed(told):
        plain |= {name: value for name, value in msgspec.to_builtins(one).items() if value is not None}
    sender = {"name": None, "address": None, **plain.pop("from")}
    for gone in ("kind", "state", "description", "locale", "locales", "utm"):
        plain.pop(gone, None)
    return {**plain, "name": plain["name"] or shop, "from": sender, "logo": plain["logo"] or None}


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(part, f"{path}.{name}".lstrip("."))


def _check_mailbox(address: str | None, path: str) -> None:
    if address is None:
        return
    local, at, domain = address.rpartition("@")
    plain = parseaddr(address)[1] == address and all(ord(char) > 32 and char not in "<>," for char in address)
    if not (at and local and "." in domain and plain):
        raise Malformed("Here stands one e-mail address, like shop@example.com.", path=path)
