"""`GET /api/messages/why`."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency as Given
from litestar.params import FromQuery

from hourglass.kernel import Malformed, Permission, Workspace
from hourglass.messages.why.why import Why, why
from hourglass.postgres import Transaction


@get("/api/messages/why", needs=Permission.LOOK, tags=["messages"], sync_to_thread=True)
def explain(
    tx: Given[Transaction],
    workspace: Given[Workspace],
    person: FromQuery[str],
    journey: FromQuery[str | None] = None,
    campaign: FromQuery[str | None] = None,
) -> Why:
    """Why a person got, or did not get, what a journey or a campaign says: every answer with its time and rule."""
    if (journey is None) == (campaign is None):
        raise Malformed("Name either a journey or a campaign.", path="journey")
    if journey is not None:
        return why(tx, workspace, person, "journey", journey)
    return why(tx, workspace, person, "campaign", str(campaign))
