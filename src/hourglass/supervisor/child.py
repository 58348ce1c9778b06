"""One role as a child process that is started again when it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from hourglass.kernel import monotonic

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_HEALTHY_AFTER = 30.0
_PR_SET_PDEATHSIG = 1
# Loaded here, because between fork and exec nothing may be loaded any more.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """Keeps one role running: back at once the first time, then slower and slower until it stays healthy."""

    def __init__(self, role: str, command: Sequence[str], gift: bytes) -> None:
        self.role = role
        self._command = command
        self._gift = gift
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = _FIRST_PAUSE
        self._due = 0.0

    @property
    def pid(self) -> int | None:
        """Its process while it runs."""
        return None if self._process is None else self._process.pid

    def tend(self) -> str | None:
        """Start it when it is due; when it ended, the sentence that says so."""
        now = monotonic()
        if self._process is None:
            return self._try_to_start(now) if now >= self._due else None
        status = self._process.poll()
        if status is None:
            return None
        if now - self._started > _HEALTHY_AFTER:
            self._pause = _FIRST_PAUSE
        self._process = None
        return self._later(f"{self.role} ended ({_words(status)})")

    def seconds_to_start(self) -> float | None:
        """How long until it is to be started; None while it runs."""
        return None if self._process is not None else max(0.0, self._due - monotonic())

    def ask_to_stop(self) -> None:
        """SIGTERM, when it runs."""
        if self._process is not None:
            self._process.terminate()

    def stopped(self) -> bool:
        """Whether it is gone."""
        return self._process is None or self._process.poll() is not None

    def kill(self) -> None:
        """SIGKILL, with whatever it started itself."""
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _try_to_start(self, now: float) -> str | None:
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                process_group=0,  # Ctrl-C in a terminal reaches the supervisor alone, which stops its children in order
                preexec_fn=partial(_follow, os.getpid()) if _libc else None,  # noqa: PLW1509 - no threads here
            )
        except OSError as error:
            return self._later(f"{self.role} could not be started ({error})")
        self._started = now
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as pipe:
            pipe.write(self._gift)
        return None

    def _later(self, sentence: str) -> str:
        pause, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE)
        self._due = monotonic() + pause
        return f"{sentence}; trying again in {pause:.1f} s"


def _follow(parent: int) -> None:
    """When the supervisor is gone, even by SIGKILL, the system asks the child to stop."""
    assert _libc is not None
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it was gone before it could be asked to tell
        os.kill(os.getpid(), signal.SIGTERM)


def _words(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"
