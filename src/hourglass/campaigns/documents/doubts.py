"""What is allowed in a campaign and probably not meant: said when it is saved, and it keeps nobody from saving."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from hourglass.audience import SEGMENT
from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.power import LIFT, USUAL, people_needed
from hourglass.campaigns.documents.reach import reaches
from hourglass.campaigns.documents.tryout import MOST_SHARE, Tryout
from hourglass.definitions import Document, Doubt, list_all
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages import TEMPLATE, try_wording
from hourglass.postgres import Transaction

_WHOLE = 100
_COUNTED = 500_000


def doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """All of them, each with its place."""
    campaign = read_campaign(document)
    return [
        *missing(tx, workspace_id, campaign),
        *_odd_words(tx, workspace_id, campaign),
        *_too_few(tx, workspace_id, campaign),
    ]


def missing(tx: Transaction, workspace_id: WorkspaceId, campaign: Campaign) -> list[Doubt]:
    """What the campaign names and nobody has made yet."""
    wanted = [("template", TEMPLATE.name, campaign.template)]
    for place, one in enumerate(campaign.variants):
        if one.template is not None:
            wanted.append((f"variants[{place}].template", TEMPLATE.name, one.template))
    if campaign.segment is not None:
        wanted.append(("segment", SEGMENT.name, campaign.segment))
    return [
        Doubt(path=path, message=f"There is no {kind} “{key}” yet.")
        for path, kind, key in wanted
        if key not in {found.key for found in list_all(tx, workspace_id, kind)}
    ]


def _odd_words(tx: Transaction, workspace_id: WorkspaceId, campaign: Campaign) -> Iterator[Doubt]:
    """Words of variants that their template cannot be made with, and variants that do not differ."""
    said: dict[bytes, str] = {}
    for place, one in enumerate(campaign.variants):
        content = msgspec.json.encode(replace(one, name="", weight=1.0))
        if content in said:
            yield Doubt(path=f"variants[{place}]", message=f"“{one.name}” says the same as “{said[content]}”.")
        said.setdefault(content, one.name)
        if one.wording is not None:
            try:
                try_wording(tx, workspace_id, one.template or campaign.template, one.wording)
            except Malformed as error:
                yield Doubt(path=f"variants[{place}].{error.path or 'subject'}", message=error.sentence)


def _too_few(tx: Transaction, workspace_id: WorkspaceId, campaign: Campaign) -> Iterator[Doubt]:
    """A test that can hardly show anything with as many people as there are today."""
    tryout = campaign.test
    if tryout is None:
        return
    everybody = reaches(tx, workspace_id, campaign, _COUNTED)
    lightest = min(one.weight for one in campaign.variants) / sum(one.weight for one in campaign.variants)
    kept = 1 - campaign.control / _WHOLE
    people = round(everybody * kept * tryout.share / _WHOLE * lightest)
    needed = people_needed(tryout.winner_by, tryout.alpha(len(campaign.variants)))
    if everybody and everybody < _COUNTED and people < needed:
        yield Doubt(path="test.share", message=_words(tryout, everybody, people, needed, needed / (lightest * kept)))


def _words(tryout: Tryout, everybody: int, people: int, needed: int, in_all: float) -> str:
    share = in_all / everybody * _WHOLE
    way = (
        f"A share of {share:.0f} would do."
        if share <= MOST_SHARE
        else "The list is too short for that: compare fewer variants, or by opens, or take the winner as a hint."
    )
    return (
        f"Of {everybody:,} recipients the smallest variant is tested on about {people:,}. To tell a difference of"
        f" {LIFT:.0%} in {tryout.winner_by} ({USUAL[tryout.winner_by]:.1%} do as a rule) takes about {needed:,}. {way}"
    )
