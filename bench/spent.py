"""CPU time of this process and of its PostgreSQL together: what a piece of work really costs."""

from __future__ import annotations

import time
from pathlib import Path

from bench.processes import cpu_of, cpu_of_gone, family
from hourglass.postgres import Database


def spent(database: Database) -> float:
    """Seconds so far, of all server processes, those that are gone included."""
    with database.transaction() as tx:
        ((backend,),) = tx.execute(b"SELECT pg_backend_pid()").fetchall()
    server = int(Path(f"/proc/{backend}/stat").read_text().rpartition(") ")[2].split()[1])
    return time.process_time() + sum(cpu_of(pid) + cpu_of_gone(pid) for pid in family(server))
