"""How many requests a second one write key may make."""

from __future__ import annotations

from hourglass.kernel import TooMany, monotonic


class Buckets:
    """A token bucket per key: `rate` tokens a second, a second's worth saved up at most."""

    def __init__(self, rate: int) -> None:
        self._rate = float(rate)
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Raises TooMany when the key has none left. Only known keys come here, so there are few buckets."""
        now = monotonic()
        level, since = self._levels.get(key, (self._rate, now))
        level = min(self._rate, level + (now - since) * self._rate)
        if level < 1.0:
            raise TooMany(f"More than {self._rate:.0f} requests a second with this key; wait a second and go on.")
        self._levels[key] = (level - 1.0, now)
