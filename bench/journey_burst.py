"""Many people trigger one journey at once: from the first request to the last mail."""

from __future__ import annotations

import time

from bench.installation import installation, ping, post
from bench.ready_mails import ABOUT_TEN_KB, CONNECTIONS, send_ready
from bench.row import Row, metered
from bench.smtp_sink import smtp_sink

_BATCH = 100


def run(size: str) -> list[Row]:
    """Mails a second over the whole way: collect, tick, gate, rendering, hand-over."""
    people = 5_000 if size == "small" else 10_000
    with smtp_sink() as sink, installation(people, smtp_url=sink.url) as live:
        with metered() as meter:
            for start in range(0, people, _BATCH):
                post(live, "batch", [ping(n) for n in range(start, start + _BATCH)])
            deadline = time.monotonic() + 300
            while sink.taken() < people:
                assert time.monotonic() < deadline, f"{sink.taken()} of {people} mails came"
                time.sleep(0.02)
        limit = send_ready(sink, ABOUT_TEN_KB, people)
    return [
        Row(
            name="journey_burst",
            ours=people / meter.wall_s,
            limit=limit,
            unit="mails/s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"{people:,} people trigger one journey; limit: bare SMTP loop over {CONNECTIONS} connections",
        )
    ]
