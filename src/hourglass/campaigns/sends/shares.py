"""How the recipients of a campaign are cut into shares: what each of them gets, and who waits for the winner."""

from __future__ import annotations

from datetime import time

from msgspec import Struct

from hourglass.campaigns.documents.document import Campaign

_EVERYBODY = 100.0


class Share(Struct, frozen=True, kw_only=True):
    """Those whose lot is below `upto`, of 1, and in no share before; `rest`: they wait for the winner."""

    upto: float
    variant: str | None = None
    rest: bool = False
    clock: time | None = None


def shares_of(campaign: Campaign) -> list[Share]:
    """In the order of the document; the last one takes whoever is left."""
    tested = (_EVERYBODY if campaign.test is None else campaign.test.share) / _EVERYBODY
    whole = sum(one.weight for one in campaign.variants)
    shares: list[Share] = []
    before = 0.0
    for one in campaign.variants:
        before += one.weight / whole * tested
        shares.append(Share(upto=before, variant=one.name, clock=one.send_at))
    if not campaign.variants or campaign.test is not None:
        return [*shares, Share(upto=2.0, rest=campaign.test is not None)]
    return [*shares[:-1], Share(upto=2.0, variant=shares[-1].variant, clock=shares[-1].clock)]
