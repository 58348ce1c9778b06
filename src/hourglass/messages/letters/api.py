"""`GET /api/messages/preferences-link`: a shop's own account page leads its customers to what they may choose."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency as Given
from litestar.params import FromQuery

from hourglass.kernel import NotFound, Permission, Settings, Workspace
from hourglass.messages.letters.subscriber import of_person
from hourglass.messages.tracking.tokens import Purpose, load_signer
from hourglass.postgres import Transaction


@get("/api/messages/preferences-link", needs=Permission.CARE, tags=["messages"], sync_to_thread=True)
def preferences_link(
    tx: Given[Transaction], workspace: Given[Workspace], settings: Given[Settings], person: FromQuery[int]
) -> dict[str, str]:
    """The address of a person's page of preferences. Whoever has it may change them: give it to that person alone."""
    who = of_person(tx, workspace.id, person)
    if who is None:
        raise NotFound(f"There is no person with the number {person}.")
    signed = load_signer(settings.data).sign(Purpose.PERSON, workspace.id, who.person)
    return {"url": f"{settings.base_url()}/p/{signed}"}
