"""One message to many: campaigns as documents, sent to a segment or a condition, beside the tick and safe to stop."""

from hourglass.campaigns.choice.choice import CampaignChoice
from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.campaigns.results.course import Course
from hourglass.campaigns.results.editions import EditionReport
from hourglass.campaigns.results.report import CampaignReport, VariantReport, report
from hourglass.campaigns.results.words import campaign_words, counted, decimal
from hourglass.campaigns.sends.advance import advance
from hourglass.campaigns.sends.rules import refuse_unready
from hourglass.campaigns.sends.run import Campaigns
from hourglass.campaigns.sends.sends import Send, last_send
from hourglass.campaigns.sends.standing import CampaignStanding, standing, standing_of
from hourglass.campaigns.sends.steer import cancel, pause, resume, send
from hourglass.campaigns.sends.winner import choose_by_hand

__all__ = [
    "CAMPAIGN",
    "Campaign",
    "CampaignChoice",
    "CampaignReport",
    "CampaignStanding",
    "Campaigns",
    "Course",
    "EditionReport",
    "Send",
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
