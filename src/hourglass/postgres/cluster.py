"""The files of one database, and the command that serves them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from hourglass.kernel import Unavailable
from hourglass.postgres.installation import VERSION, Owner, binary

USER = "hourglass"
DATABASE = "postgres"

# Small and quiet when idle, roomy under load; parallel plans are off because the other core belongs to the other roles.
# A buffer that was never used takes no memory. Where the busy pages of a shop do not fit, a quarter of the time goes on
# fetching and checking those that were there a moment ago. Buffers of the write-ahead log are all used in turn: 4 MB
# instead of 16 are 12 MB less on every server, and COPY is as quick.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "512MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "synchronous_commit": "on",
    "wal_buffers": "4MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "bgwriter_delay": "1s",
    "wal_writer_delay": "1s",
    "autovacuum_naptime": "1min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_line_prefix": "%m [%p] ",
    "cluster_name": "hourglass",
}
_FORGETFUL = {"fsync": "off", "full_page_writes": "off"}


def ensure_cluster(folder: Path, owner: Owner) -> None:
    """Make the database files if there are none; refuse those of another version."""
    version = folder / "PG_VERSION"
    if not version.exists():
        _make(folder, owner)
    if version.read_text().strip() != VERSION:
        raise Unavailable(
            f"{folder} was made by PostgreSQL {version.read_text().strip()}, this is {VERSION}. "
            "Dump it with the old version of Hourglass and restore it here."
        )
    owner.own(folder)


def serve_command(folder: Path, socket_folder: Path, *, durable: bool) -> list[str]:
    """The command line of the server."""
    settings = SETTINGS if durable else SETTINGS | _FORGETFUL
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [str(binary("postgres")), "-D", str(folder), "-k", str(socket_folder), *options]


def _make(folder: Path, owner: Owner) -> None:
    """Make the database files beside their place and move them there, so that a crash leaves no half of one."""
    draft = folder.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    owner.own(draft)
    command = [binary("initdb"), "-D", draft, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **owner.popen())
    if done.returncode:
        raise Unavailable(f"The database in {folder} could not be made: {done.stderr.strip() or done.stdout.strip()}")
    draft.rename(folder)
