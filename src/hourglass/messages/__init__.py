"""What is said to people: content, the policy gate, the outbox, delivery, and what came of it."""

from hourglass.messages.compile import TEMPLATE, read_template, warnings
from hourglass.messages.delivery import run
from hourglass.messages.feedback import apply_feedback
from hourglass.messages.letter import Letter, find_letter, view
from hourglass.messages.news import About, News, tell
from hourglass.messages.outbox import OutboxRow, cancel, enqueue
from hourglass.messages.policy import read_policy
from hourglass.messages.reasons import REASONS, Reason, words_of
from hourglass.messages.report import MessageCounts, MessageLine, ReasonCount, counts, of_profile, per_minute, recent
from hourglass.messages.tokens import Purpose, Signer, Token, load_signer
from hourglass.messages.topic import TOPIC
from hourglass.messages.unsubscribe import Gesture, resubscribe, unsubscribe

__all__ = [
    "REASONS",
    "TEMPLATE",
    "TOPIC",
    "About",
    "Gesture",
    "Letter",
    "MessageCounts",
    "MessageLine",
    "News",
    "OutboxRow",
    "Purpose",
    "Reason",
    "ReasonCount",
    "Signer",
    "Token",
    "apply_feedback",
    "cancel",
    "counts",
    "enqueue",
    "find_letter",
    "load_signer",
    "of_profile",
    "per_minute",
    "read_policy",
    "read_template",
    "recent",
    "resubscribe",
    "run",
    "tell",
    "unsubscribe",
    "view",
    "warnings",
    "words_of",
]
