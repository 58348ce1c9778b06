"""What a channel can do; the core asks for a capability, never for a name."""

from enum import Enum


class Capability(Enum):
    """One thing that some channels can and others cannot."""

    HTML = "html"
    """Shows HTML beside plain text."""
    LINKS = "links"
    """Links can be made to tell of clicks."""
    OPENS = "opens"
    """A pixel can tell of opens."""
    UNSUBSCRIBE = "unsubscribe"
    """Carries a one-click way out in its envelope."""
    IDEMPOTENT = "idempotent"
    """Recognises a message that it got before, so one in doubt may be handed over again."""
