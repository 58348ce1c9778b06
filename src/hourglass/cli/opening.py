"""What every command needs first: settings from options and environment, and the database, started if it sleeps."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from hourglass.kernel import HourglassError, Settings, Workspace, read_settings
from hourglass.postgres import Database, EmbeddedServer, find_workspace, migrate

DataFolder = Annotated[Path | None, Parameter(name="--data", help="Folder of everything Hourglass keeps.")]


@contextmanager
def opened(data: Path | None) -> Generator[tuple[Database, Workspace, Settings]]:
    """A migrated database and its first workspace; the embedded server runs as long as somebody uses it."""
    settings = read_settings(data=data)
    server = None if settings.database_url else EmbeddedServer(settings.data)
    try:
        url = settings.database_url or (server.start() if server else "")
        migrate(url)
        database = Database(url)
        with database.transaction() as tx:
            workspace = find_workspace(tx)
        yield database, workspace, settings
        database.close()
    finally:
        if server:
            server.stop()


@contextmanager
def plainly() -> Generator[None]:
    """Our own errors, and files that cannot be read or written, as a sentence on stderr and exit code 1, no stack."""
    try:
        yield
    except HourglassError as error:
        place = f" (at {error.path})" if error.path else ""
        print(f"{error.sentence}{place}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        if error.filename is None:
            raise
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        sys.exit(1)
