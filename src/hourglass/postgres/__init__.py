"""PostgreSQL: the embedded server, connections, transactions, named queries, migrations.

The names are looked up when first used, so that the supervisor can run the server without loading a database driver.
"""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.postgres.database import Database, Transaction, async_connect, connect
    from hourglass.postgres.embedded import COME_BACK_LATER, EmbeddedServer, ensure_embedded
    from hourglass.postgres.frames import copy_frame, read_frame
    from hourglass.postgres.locks import hold_partition, release_partition
    from hourglass.postgres.migrations import migrate
    from hourglass.postgres.packed import read_packed
    from hourglass.postgres.paths import json_field
    from hourglass.postgres.plans import plan_by_index
    from hourglass.postgres.queries import Queries
    from hourglass.postgres.workspaces import find_workspace, list_workspaces

__all__ = [
    "COME_BACK_LATER",
    "Database",
    "EmbeddedServer",
    "Queries",
    "Transaction",
    "async_connect",
    "connect",
    "copy_frame",
    "ensure_embedded",
    "find_workspace",
    "hold_partition",
    "json_field",
    "list_workspaces",
    "migrate",
    "plan_by_index",
    "read_frame",
    "read_packed",
    "release_partition",
]

_ROOMS = {
    "database": ("Database", "Transaction", "async_connect", "connect"),
    "embedded": ("COME_BACK_LATER", "EmbeddedServer", "ensure_embedded"),
    "frames": ("copy_frame", "read_frame"),
    "locks": ("hold_partition", "release_partition"),
    "migrations": ("migrate",),
    "packed": ("read_packed",),
    "paths": ("json_field",),
    "plans": ("plan_by_index",),
    "queries": ("Queries",),
    "workspaces": ("find_workspace", "list_workspaces"),
}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
