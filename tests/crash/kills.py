"""The schedule of kills: which process, at which random moment, while customers go on sending."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from random import Random

from tests.crash.crowd import Crowd
from tests.live import Live
from tests.waiting import until

ROLES = ("web", "engine", "delivery", "postgres")
EVERYTHING = "everything"
SESSION = "session"
"""One of the server processes of PostgreSQL."""
_LONGEST = 1.2
_RECOVERY = 60.0


def rampage(live: Live, crowd: Crowd, victims: Sequence[str], chance: Random) -> Counter[str]:
    """Kill one victim after the other; each only after the server has acknowledged something since the last."""
    killed: Counter[str] = Counter()
    for victim in victims:
        before = crowd.progress()
        until(lambda victim=victim, before=before: crowd.progress() > before and _names(live, victim), _RECOVERY)
        time.sleep(chance.uniform(0, _LONGEST))
        if victim == EVERYTHING:
            live.kill_everything()
            live.begin()
        elif victim == SESSION:
            _kill_a_session(live, chance)
        else:
            live.kill(*_names(live, victim)[:1])
        killed[victim] += 1
    return killed


def _kill_a_session(live: Live, chance: Random) -> None:
    """What happens when the system runs out of memory: PostgreSQL then ends all its sessions and recovers."""
    sessions = [pid for (pid,) in live.rows("SELECT pid FROM pg_stat_activity WHERE client_port IS NOT NULL")]
    with suppress(ProcessLookupError):
        os.kill(chance.choice(sessions), signal.SIGKILL)


def _names(live: Live, victim: str) -> list[str]:
    """Processes of this kind that run: with several engines, `engine:0` and `engine:1`."""
    if victim == EVERYTHING:
        return [victim]
    if victim == SESSION:
        victim = "postgres"
    return [name for name in live.pids() if name.partition(":")[0] == victim]
