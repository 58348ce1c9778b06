"""Every setting of the program, read from the environment in one place and handed on as an argument."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hourglass.kernel.errors import Malformed

PREFIX = "HOURGLASS_"


class Settings(Struct, frozen=True, kw_only=True):
    """What an operator may set: by `HOURGLASS_<NAME>` or, where the command has one, by an option."""

    data: Path = Path("hourglass-data")
    """Folder of everything Hourglass keeps: the embedded database, the lake, secrets."""
    host: str = "127.0.0.1"
    """Address the web role listens on."""
    port: int = 8400
    """Port the web role listens on."""
    public_url: str = ""
    """How customers reach this server, for links in messages; empty: http://host:port."""
    database_url: str = ""
    """A PostgreSQL 15+ of your own; empty: the embedded one in the data folder."""
    partitions: int = 4
    """Partitions of the log: at most this many engine workers share the work."""
    engine_workers: int = 1
    """Engine processes started by `serve`."""
    delivery_workers: int = 1
    """Delivery processes started by `serve`; one fills about one core when a large campaign goes out."""
    tick_events: int = 15_000
    """Events one engine tick takes at most."""
    spark: str = ""
    """A Spark cluster that builds and audits segments of large lakes: spark://10.0.0.1:7077; empty: this machine."""
    flush_seconds: float = 1.0
    """How long processed events may wait before the lake gets them."""
    visitor_days: int = 90
    """Days after which a visitor who never bought and never said who they are is forgotten; 0: never."""
    min_free_mb: int = 512
    """Below this much free disk the collect door answers 503 instead of accepting more."""
    rate_limit: int = 0
    """Requests a second allowed to one write key; 0: no limit."""
    smtp_url: str = ""
    """Where e-mail goes when no channel definition says otherwise: smtp://user:password@host:port."""
    mail_from: str = "Shop <shop@localhost>"
    """Sender of e-mail when no channel definition says otherwise."""
    mail_keys: str = ""
    """Folder of signing keys (DKIM) and of the secret in return paths; empty: `email` in the data folder."""
    return_domain: str = ""
    """Domain whose mail comes back to Hourglass, such as bounce.shop.example: each e-mail gets a return path of its own
    there. Empty: bounces go to the sender."""
    bounce_host: str = "127.0.0.1"
    """Address on which returned mail is received."""
    bounce_port: int = 0
    """Port on which returned mail is received (SMTP, or LMTP from a mail server beside); 0: off."""
    bounce_mailbox: str = ""
    """Mailbox that is looked through for returned mail: imaps://user:password@host/INBOX; empty: none."""
    inbox_port: int = 0
    """Port of the development inbox (SMTP); 0: off. Without `HOURGLASS_SMTP_URL` e-mail goes there."""
    secrets_key: str = ""
    """Key that secrets are encrypted with: 32 octets as hex or base64, made by `openssl rand -hex 32`; several after
    each other by comma: the first encrypts, the others still open what was encrypted before. Empty: a key file in the
    data folder."""
    webhook_private: bool = False
    """Whether exports and webhooks of journeys may go to addresses of this machine and its network, and without TLS; by
    default only out into the world."""
    strict_launch: bool = False
    """Whether a journey is refused live as long as something has to be done first: a template that is not there, an
    entry event that never came. By default these are warnings."""
    log_level: str = "info"
    """debug, info, warning or error."""

    def mail_folder(self) -> Path:
        """Where signing keys are."""
        return Path(self.mail_keys) if self.mail_keys else self.data / "email"

    def base_url(self) -> str:
        """The address customers and SDKs use, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from the environment, options of the command line on top. Raises Malformed naming the variable."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {
        name: source[PREFIX + name.upper()] for name in Settings.__struct_fields__ if PREFIX + name.upper() in source
    }
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        return _with_inbox(msgspec.convert(values, Settings, strict=False, dec_hook=_path))
    except msgspec.ValidationError as error:
        raise Malformed(f"A setting is wrong: {error} (environment variables start with {PREFIX}).") from error


def _with_inbox(settings: Settings) -> Settings:
    """Who starts the development inbox and names no mail server wants to see mail there."""
    if settings.smtp_url or not settings.inbox_port:
        return settings
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{settings.inbox_port}")


def _path(kind: type, value: Any) -> Any:
    return Path(value) if kind is Path else value


def share_cores(processes: int) -> None:
    """Tell the libraries that count in columns their share of the cores, before this process or its children load them.

    Else each process would start a thread for every core, and threads that wait for work burn one. Tables as small as a
    tick's are not worth sharing anyway; those of a large build are.
    """
    os.environ["POLARS_MAX_THREADS"] = str(max(1, (os.cpu_count() or 1) // processes))
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
