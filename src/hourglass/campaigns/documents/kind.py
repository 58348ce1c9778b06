"""Campaigns as a kind of definition."""

from __future__ import annotations

from typing import Any, cast

from hourglass.campaigns.documents.document import read_campaign
from hourglass.campaigns.documents.doubts import doubts
from hourglass.campaigns.documents.schema import campaign_schema
from hourglass.definitions import Kind

CAMPAIGN = Kind(name="campaign", read=cast("Any", read_campaign), doubts=doubts, schemas={"campaign": campaign_schema})
