"""The port of the channel family: what a channel plug-in declares, what it is handed, and what it answers."""

from hourglass.channels.capability import Capability
from hourglass.channels.discover import discover, open_sender
from hourglass.channels.feedback import Feedback, FeedbackKind
from hourglass.channels.manifest import Manifest
from hourglass.channels.outgoing import Attachment, Outgoing
from hourglass.channels.receipt import Outcome, Receipt
from hourglass.channels.sender import Sender

__all__ = [
    "Attachment",
    "Capability",
    "Feedback",
    "FeedbackKind",
    "Manifest",
    "Outcome",
    "Outgoing",
    "Receipt",
    "Sender",
    "discover",
    "open_sender",
]
