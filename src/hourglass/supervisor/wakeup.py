"""Sleep that ends when a signal comes."""

from __future__ import annotations

import select
import signal
import socket

_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Wakeup:
    """Wakes the supervisor for an ended child at once, and notes when it is asked to stop."""

    def __init__(self) -> None:
        self._ear, self._mouth = socket.socketpair()
        self.stopping = False

    def listen(self) -> None:
        """Take over the signals of this process."""
        self._ear.setblocking(False)
        self._mouth.setblocking(False)
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        for number in _STOP:
            if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` asks not to hear of a closed terminal
                signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, _wake_only)

    def sleep(self, seconds: float) -> None:
        """Until a signal comes, `seconds` at most."""
        readable, _, _ = select.select([self._ear], [], [], seconds)
        if readable:
            self._ear.recv(4096)

    def _stop(self, *_: object) -> None:
        """The first time politely; who asks twice does not want to wait."""
        if self.stopping:
            raise KeyboardInterrupt
        self.stopping = True


def _wake_only(*_: object) -> None:
    """That the signal has a handler is what makes it interrupt the sleep."""
