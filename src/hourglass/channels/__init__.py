"""The port of the channel family: what a channel plug-in declares, what it is handed, and what it answers."""

from hourglass.channels.capability import Capability
from hourglass.channels.discover import discover, load, open_sender, open_with
from hourglass.channels.document import CHANNEL, ChannelDocument, read_channel
from hourglass.channels.fate import Fate
from hourglass.channels.feedback import Feedback, FeedbackKind, is_permanent
from hourglass.channels.http.answer import Answer
from hourglass.channels.http.caller import Caller
from hourglass.channels.http.destination import Destination, check_url, is_outside, resolve
from hourglass.channels.http.fetch import fetch
from hourglass.channels.http.form import FORM_TYPE, FormFile, form_body
from hourglass.channels.http.signature import read_secret, signed
from hourglass.channels.http.single import NO_ADDRESS, SingleSender
from hourglass.channels.http.verdict import verdict
from hourglass.channels.limits import Limits, Rate, read_limits, tomorrow
from hourglass.channels.mail.bounce import TABLE, Sort, has_status, sort_of
from hourglass.channels.mail.mark import Marked, Marker, load_marker
from hourglass.channels.mail.signing_keys import (
    SigningKey,
    ascii_domain,
    create_keys,
    in_use_since,
    private_key,
    signing_keys,
    use_keys,
)
from hourglass.channels.mailbox import Origin, is_mailbox, one_line, origin, read_sender, way_out
from hourglass.channels.manifest import Manifest
from hourglass.channels.options import options_schema, read_options, state_options
from hourglass.channels.outgoing import Attachment, Outgoing
from hourglass.channels.receipt import Outcome, Receipt
from hourglass.channels.reference import REFERENCE, read_reference, reference_of
from hourglass.channels.sender import Sender
from hourglass.channels.standing import Standing, channel_standing
from hourglass.channels.webhook import Call, Fetch, Heard, Listener

__all__ = [
    "CHANNEL",
    "FORM_TYPE",
    "NO_ADDRESS",
    "REFERENCE",
    "TABLE",
    "Answer",
    "Attachment",
    "Call",
    "Caller",
    "Capability",
    "ChannelDocument",
    "Destination",
    "Fate",
    "Feedback",
    "FeedbackKind",
    "Fetch",
    "FormFile",
    "Heard",
    "Limits",
    "Listener",
    "Manifest",
    "Marked",
    "Marker",
    "Origin",
    "Outcome",
    "Outgoing",
    "Rate",
    "Receipt",
    "Sender",
    "SigningKey",
    "SingleSender",
    "Sort",
    "Standing",
    "ascii_domain",
    "channel_standing",
    "check_url",
    "create_keys",
    "discover",
    "fetch",
    "form_body",
    "has_status",
    "in_use_since",
    "is_mailbox",
    "is_outside",
    "is_permanent",
    "load",
    "load_marker",
    "one_line",
    "open_sender",
    "open_with",
    "options_schema",
    "origin",
    "private_key",
    "read_channel",
    "read_limits",
    "read_options",
    "read_reference",
    "read_secret",
    "read_sender",
    "reference_of",
    "resolve",
    "signed",
    "signing_keys",
    "sort_of",
    "state_options",
    "tomorrow",
    "use_keys",
    "verdict",
    "way_out",
]
