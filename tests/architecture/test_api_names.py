"""What the API publishes has names that stay when files move; structs of one name would be told apart by place."""

from __future__ import annotations

import json

from tests.architecture.openapi import openapi
from tests.architecture.tree import refuse


def test_no_two_structs_of_the_api_share_a_name() -> None:
    names = json.loads(openapi())["components"]["schemas"]
    refuse([name for name in names if "_" in name], "Give each a name of its own, like CampaignStanding:")
