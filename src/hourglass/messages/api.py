"""Every HTTP handler of messages, for the composition root."""

from hourglass.messages.content.api import AssetsController
from hourglass.messages.delivery.api import DeliveryController
from hourglass.messages.domains.api import DomainController
from hourglass.messages.letters.api import preferences_link
from hourglass.messages.preview.api import TemplatesController
from hourglass.messages.reputation.api import ReputationController
from hourglass.messages.suppressions.api import SuppressionsController
from hourglass.messages.why.api import explain

__all__ = [
    "AssetsController",
    "DeliveryController",
    "DomainController",
    "ReputationController",
    "SuppressionsController",
    "TemplatesController",
    "explain",
    "preferences_link",
]
