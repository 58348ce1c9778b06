"""The other sides that are called: how busy each is, and which is away and left alone for a while."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection

from hourglass.journeys.effects.post import Tried
from hourglass.kernel import monotonic
from hourglass.messages import Breaker

_AT_ONCE = 4


class Hosts:
    """By name and port; several threads may ask at once."""

    def __init__(self) -> None:
        self._breakers: dict[str, Breaker] = {}
        self._busy: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def calls(self) -> int:
        """How many calls are under way."""
        return self._busy.total()

    def full(self) -> list[str]:
        """Who is not to be called now."""
        with self._lock:
            away = [host for host, one in self._breakers.items() if one.rests(monotonic())]
            return away + [host for host, calls in self._busy.items() if calls >= _AT_ONCE]

    def began(self, hosts: Collection[str]) -> None:
        """Calls to these are under way."""
        with self._lock:
            self._busy.update(hosts)

    def ended(self, host: str) -> None:
        """One of them is over."""
        with self._lock:
            self._busy[host] -= 1
            self._busy += Counter[str]()  # forgets hosts that are not busy

    def rest(self, host: str) -> float:
        """Seconds that a call has to wait; 0: it may go, and says with `heard` what it came to."""
        with self._lock:
            breaker = self._breakers.setdefault(host, Breaker())
            return 0.0 if breaker.admits(monotonic()) else breaker.seconds(monotonic())

    def heard(self, host: str, tried: Tried) -> None:
        """What a call came to, for those that follow."""
        with self._lock:
            if tried.away:
                self._breakers[host].away(tried.detail, monotonic(), tried.pause)
            else:
                self._breakers[host].answered(refused=tried.again, now=monotonic())

    def unheard(self, host: str) -> None:
        """The call never left: the next one finds out."""
        with self._lock:
            self._breakers[host].back()
