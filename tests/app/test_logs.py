"""Nobody can be recognised in a log line, and nothing in one opens a door."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.app.logs import impersonal


def line(**entry: Any) -> str:
    return str(impersonal(None, "info", entry))


@pytest.mark.parametrize(
    "said",
    [
        "550 no such user ann.petrova+x@mail.tea.example",
        "no answer from +77011234567",
        "key hg_a_3EW2-VEDXBAQbLRE8eWA7bbtfMI-v1AX is unknown",
        "GET /login?token=3EW2-VEDXBAQbLRE8eWA7bbtfMI-v1AX",
        "Authorization: Bearer 3EW2-VEDXBAQbLRE8eWA7bbtfMI-v1AX",
        "/u/3EW2-VEDXBAQbLRE8eWA7bbtfMI-v1AX3EW2-VEDXBAQ",
        "/t/c/3EW2-VEDXBAQbLRE8eWA7bbtfMI-v1AX3EW2-VEDXBAQ",
        "duplicate key\nDETAIL:  Key (value)=(ann petrova) already exists.",
    ],
)
def test_people_and_keys_are_cut_out_of_what_is_said(said: str) -> None:
    for entry in ({"error": said}, {"exception": f"Traceback\n{said}"}, {"found": [said]}):
        told = line(event="failed", **entry)
        assert "[personal]" in told
        for word in ("ann", "petrova", "77011234567", "3EW2"):
            assert word not in told


def test_what_names_nobody_stays() -> None:
    entry = {"event": "tick", "journey": "winter@home", "runs": 5, "took": "+0.25 s", "steps": ["a", "b"], "at": "/u/"}
    assert impersonal(None, "info", dict(entry)) == entry
