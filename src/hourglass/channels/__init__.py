"""The port of the channel family: what a channel plug-in declares, what it is handed, and what it answers."""

from hourglass.channels.capability import Capability
from hourglass.channels.discover import discover, load, open_sender, open_with
from hourglass.channels.document import CHANNEL, ChannelDocument, read_channel
from hourglass.channels.feedback import Feedback, FeedbackKind
from hourglass.channels.mailbox import is_mailbox
from hourglass.channels.manifest import Manifest
from hourglass.channels.options import options_schema, read_options, state_options
from hourglass.channels.outgoing import Attachment, Outgoing
from hourglass.channels.receipt import Outcome, Receipt
from hourglass.channels.sender import Sender

__all__ = [
    "CHANNEL",
    "Attachment",
    "Capability",
    "ChannelDocument",
    "Feedback",
    "FeedbackKind",
    "Manifest",
    "Outcome",
    "Outgoing",
    "Receipt",
    "Sender",
    "discover",
    "is_mailbox",
    "load",
    "open_sender",
    "open_with",
    "options_schema",
    "read_channel",
    "read_options",
    "state_options",
]
