"""Every HTTP handler of the web role itself, for the composition root."""

from hourglass.web.admin.dead_letters import DeadLettersController
from hourglass.web.admin.health import health
from hourglass.web.admin.keys import KeysController
from hourglass.web.admin.live import LiveController
from hourglass.web.admin.users import UsersController
from hourglass.web.admin.vocabulary import vocabulary
from hourglass.web.application import Parts, make_application
from hourglass.web.auth.api import session, sign_in, sign_out
from hourglass.web.auth.session_answer import Demo
from hourglass.web.tracking.api import tracking_handlers
from hourglass.web.webhooks.api import webhook_handlers

__all__ = [
    "DeadLettersController",
    "Demo",
    "KeysController",
    "LiveController",
    "Parts",
    "UsersController",
    "health",
    "make_application",
    "session",
    "sign_in",
    "sign_out",
    "tracking_handlers",
    "vocabulary",
    "webhook_handlers",
]
