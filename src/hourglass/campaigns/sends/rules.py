"""Before a campaign goes out to many: the rules of the large mailboxes, and whether people still like our mail.

They are asked when somebody sends it, and again when what was planned begins: an edition, or a campaign for next week.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.campaigns.documents.reach import reaches
from hourglass.campaigns.sends.problems import STOPPED, UNREADY, UNWELCOME
from hourglass.campaigns.sends.sends import Send
from hourglass.definitions import find
from hourglass.kernel import Conflict, Settings, Workspace, WorkspaceId
from hourglass.messages import (
    BULK,
    DomainReport,
    Problem,
    bulk_readiness,
    leaves_this_machine,
    look_at_mail,
    reputation_of,
)
from hourglass.postgres import Database

_EMAIL = "email"
_COMPLAINTS = "complaints"
_FRESH = timedelta(minutes=10)
Look = Callable[[Database, WorkspaceId, Settings, datetime], DomainReport]
Stop = tuple[str, dict[str, str]] | None
"""Code of the problem and the reason by language."""


def refuse_unready(
    database: Database, workspace: Workspace, key: str, settings: Settings, now: datetime, look: Look = look_at_mail
) -> None:
    """Raises Conflict, with every problem and what to do about it, where the rules say that it must not go out."""
    with database.transaction() as tx:
        campaign = read_campaign(find(tx, workspace.id, CAMPAIGN.name, key).body)
    stops = Rules(settings, look).broken(database, workspace, campaign, now)
    if stops:
        words = " ".join(_sentence(one, "en") for one in stops)
        raise Conflict(f"The campaign “{key}” must not go out yet. {words}", problems=msgspec.to_builtins(stops))


class Rules:
    """What DNS said is good for some minutes, so that editions that begin together ask once."""

    def __init__(self, settings: Settings, look: Look = look_at_mail) -> None:
        self._settings = settings
        self._look = look
        self._seen: dict[WorkspaceId, DomainReport] = {}

    def broken(self, database: Database, workspace: Workspace, campaign: Campaign, now: datetime) -> list[Problem]:
        """The rules because of which it must not go out. May ask DNS for seconds: not inside a transaction."""
        if _EMAIL not in campaign.channels:
            return []
        with database.transaction() as tx:
            recipients = reaches(tx, workspace.id, campaign, BULK)
            reputation = reputation_of(tx, workspace.id, now)
        many = recipients >= BULK and leaves_this_machine(self._settings)
        report = self._report(database, workspace.id, now) if many else None
        marketing = campaign.message_class == "marketing"
        told = bulk_readiness(report, reputation, recipients=recipients, marketing=marketing)
        return [one for one in told.problems if one.stops]

    def objection(self, database: Database, workspace: Workspace, one: Send, campaign: Campaign, now: datetime) -> Stop:
        """Why a send that begins now is stopped; None for one that was asked a moment ago, or let go anyway."""
        planned = one.occasion is not None or one.due_at - one.created_at > _FRESH
        if one.anyway or not planned or one.problem in STOPPED:
            return None
        stops = self.broken(database, workspace, campaign, now)
        if not stops:
            return None
        code = UNWELCOME if all(one.check == _COMPLAINTS for one in stops) else UNREADY
        return code, {language: " ".join(_sentence(one, language) for one in stops) for language in ("en", "ru")}

    def _report(self, database: Database, workspace_id: WorkspaceId, now: datetime) -> DomainReport:
        known = self._seen.get(workspace_id)
        if known is None or not timedelta() <= now - known.at < _FRESH:
            known = self._seen[workspace_id] = self._look(database, workspace_id, self._settings, now)
        return known


def _sentence(one: Problem, language: str) -> str:
    """What is wrong and what mends it."""
    said = (one.words.get(language), one.advice.get(language))
    return " ".join(f"{text.rstrip('.')}." for text in said if text)
