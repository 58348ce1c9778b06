"""The schedule of kills: which process, at which random moment, while customers go on sending."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from random import Random

from tests.crash.crowd import Crowd
from tests.live import Live
from tests.waiting import until

ROLES = ("web", "engine", "delivery", "postgres")
EVERYTHING = "everything"
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
        else:
            live.kill(*_names(live, victim)[:1])
        killed[victim] += 1
    return killed


def _names(live: Live, victim: str) -> list[str]:
    """Processes of this kind that run: with several engines, `engine:0` and `engine:1`."""
    return [victim] if victim == EVERYTHING else [name for name in live.pids() if name.partition(":")[0] == victim]
