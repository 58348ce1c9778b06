"""One message to many: campaigns as documents, sent to a segment or a condition, beside the tick and safe to stop."""

from hourglass.campaigns.advance import advance
from hourglass.campaigns.campaign_words import campaign_words, counted, decimal
from hourglass.campaigns.choice import Choice
from hourglass.campaigns.course import Course
from hourglass.campaigns.document import Campaign, read_campaign
from hourglass.campaigns.editions import EditionReport
from hourglass.campaigns.kind import CAMPAIGN
from hourglass.campaigns.report import CampaignReport, VariantReport, report
from hourglass.campaigns.rules import refuse_unready
from hourglass.campaigns.run import Campaigns
from hourglass.campaigns.sends import Send, last_send
from hourglass.campaigns.standing import Standing, standing, standing_of
from hourglass.campaigns.steer import cancel, pause, resume, send
from hourglass.campaigns.winner import choose_by_hand

__all__ = [
    "CAMPAIGN",
    "Campaign",
    "CampaignReport",
    "Campaigns",
    "Choice",
    "Course",
    "EditionReport",
    "Send",
    "Standing",
    "VariantReport",
    "advance",
    "campaign_words",
    "cancel",
    "choose_by_hand",
    "counted",
    "decimal",
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
