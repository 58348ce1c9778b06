"""`hourglass segments ready`: the catalogue of ready-made segments, and taking some of them over."""

from __future__ import annotations

import getpass

from rich.console import Console
from rich.table import Table

from hourglass.app import KINDS, installation_clock
from hourglass.audience import computed
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import list_all, put


def ready(*keys: str, data: DataFolder = None) -> None:
    """List the ready-made segments; with keys (or `all`), save these as segments of your own, to be changed at will."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        if not keys:
            _show(workspace.locale)
            return
        wanted = (
            computed.ready_segments()
            if keys == ("all",)
            else [computed.ready_segment(key) for key in dict.fromkeys(keys)]
        )
        now = installation_clock(database).now()
        standing = {segment.key for segment in list_all(tx, workspace.id, "segment")}
        for one in wanted:
            if one.key in standing:
                print(f"= segment/{one.key} is there already and stays as it is")
                continue
            saved = put(
                tx, workspace.id, one.document(workspace.locale), kinds=KINDS, author=getpass.getuser(), now=now
            )
            print(f"+ segment/{saved.key}: {saved.name}")


def _show(locale: str) -> None:
    table = Table("group", "key", "name", "who", box=None, pad_edge=False)
    for one in computed.ready_segments():
        document = one.document(locale)
        table.add_row(one.group, one.key, document["name"], document["description"])
    Console().print(table)
