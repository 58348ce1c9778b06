"""Every kind of definition there is."""

from __future__ import annotations

from hourglass.audience import SEGMENT
from hourglass.backtest import CHECKED_JOURNEY
from hourglass.campaigns import CAMPAIGN
from hourglass.channels import CHANNEL
from hourglass.connectors import CONNECTOR
from hourglass.definitions import Kinds
from hourglass.messages import BRAND, POLICY, SNIPPET, TEMPLATE, TOPIC

KINDS = Kinds([CAMPAIGN, SEGMENT, CHECKED_JOURNEY, TEMPLATE, SNIPPET, BRAND, TOPIC, POLICY, CHANNEL, CONNECTOR])
