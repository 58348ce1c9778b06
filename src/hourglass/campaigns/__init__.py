"""One message to many: campaigns as documents, sent to a segment or a condition, beside the tick and safe to stop."""

from hourglass.campaigns.advance import advance
from hourglass.campaigns.document import CAMPAIGN, Campaign, read_campaign
from hourglass.campaigns.report import CampaignReport, report
from hourglass.campaigns.rules import refuse_unready
from hourglass.campaigns.run import Campaigns
from hourglass.campaigns.sends import Send, cancel, last_send, pause, resume, send
from hourglass.campaigns.standing import Standing, standing, standing_of

__all__ = [
    "CAMPAIGN",
    "Campaign",
    "CampaignReport",
    "Campaigns",
    "Send",
    "Standing",
    "advance",
    "cancel",
    "last_send",
    "pause",
    "read_campaign",
    "refuse_unready",
    "report",
    "resume",
    "send",
    "standing",
    "standing_of",
]
