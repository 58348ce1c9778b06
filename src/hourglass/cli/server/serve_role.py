"""One role, or a supervisor of several, in this process; whoever starts it hands over the settings."""

from __future__ import annotations

import logging
import sys
from types import ModuleType
from typing import cast

from hourglass.kernel import HourglassError
from hourglass.supervisor import Supervisor, stop_signal, unpack_settings


def serve_role(role: str) -> None:
    """Play the role until asked to stop."""
    # structlog brings Rich along where it finds it, for tracebacks in colours that no role prints: 5 MB a process.
    sys.modules["rich"] = cast("ModuleType", None)
    from hourglass.app import run_role

    run_role(role, unpack_settings(sys.stdin.buffer), stop_signal())


def serve_all(roles: list[str]) -> None:
    """Keep these roles running until asked to stop."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        Supervisor(unpack_settings(sys.stdin.buffer), roles).run()
    except HourglassError as error:
        print(error.sentence, file=sys.stderr)
        sys.exit(1)
