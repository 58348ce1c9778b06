"""Every kind of definition there is."""

from __future__ import annotations

from hourglass.audience import SEGMENT
from hourglass.campaigns import CAMPAIGN
from hourglass.channels import CHANNEL
from hourglass.definitions import Kinds
from hourglass.journeys import JOURNEY
from hourglass.messages import BRAND, POLICY, SNIPPET, TEMPLATE, TOPIC

KINDS = Kinds([CAMPAIGN, SEGMENT, JOURNEY, TEMPLATE, SNIPPET, BRAND, TOPIC, POLICY, CHANNEL])
