"""Every HTTP handler of messages, for the composition root."""

from hourglass.messages.domains.api import DomainController
from hourglass.messages.preview.api import TemplatesController
from hourglass.messages.reputation.api import ReputationController

__all__ = ["DomainController", "ReputationController", "TemplatesController"]
