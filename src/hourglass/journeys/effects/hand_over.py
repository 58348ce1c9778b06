"""Calls that journeys make: written in the tick's transaction, made beside it (calls.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from psycopg.types.json import Jsonb

from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.post import Request
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Call
from hourglass.postgres import Queries, Transaction

_PATIENCE = timedelta(days=1)
"""How long a call is tried for which nobody waits."""
_queries = Queries(Path(__file__).with_name("calls.sql"))


def hand_over(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """Queue them all; each (run, step, visit) is one call, however often it is asked for."""
    asked = [(one, one.pending, one.pending.effect) for one in effects if isinstance(one.pending.effect, Call)]
    if not asked:
        return []
    requests = [_request(one, effect) for one, _, effect in asked]
    _queries.execute(
        tx,
        "ask",
        workspace_id=scene.workspace.id,
        now=scene.now,
        runs=[pending.run.id for _, pending, _ in asked],
        visits=[pending.visit for _, pending, _ in asked],
        journeys=[pending.journey for _, pending, _ in asked],
        steps=[pending.step for _, pending, _ in asked],
        methods=[effect.method for _, _, effect in asked],
        hosts=[urlsplit(request.url).netloc.lower() for request in requests],
        requests=[Jsonb(msgspec.to_builtins(request)) for request in requests],
        deadlines=[pending.until or scene.now + _PATIENCE for _, pending, _ in asked],
        waited=[pending.until is not None for _, pending, _ in asked],
    )
    _queries.tuples(tx, "wake")
    return []


def _request(one: Ready, effect: Call) -> Request:
    content = one.content
    headers: dict[str, Any] = {name: _header(value) for name, value in content["headers"].items()}
    return Request(url=str(content["url"]), headers=headers, body=content.get("body"), sign=effect.sign)


def _header(value: object) -> object:
    """Text; the name of a secret stays one."""
    return value if isinstance(value, dict) else str(value)  # pyright: ignore[reportUnknownVariableType]
