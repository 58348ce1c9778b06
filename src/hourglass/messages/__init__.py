"""What is said to people: content, the policy gate, the outbox, delivery, and what came of it."""

from hourglass.messages.attribution.attribute import attribute, attribution_rules
from hourglass.messages.attribution.earned import Credited, Earned, credited, earned
from hourglass.messages.content.assets import Asset, list_assets, put_asset
from hourglass.messages.content.compile import read_template
from hourglass.messages.content.library import try_wording
from hourglass.messages.content.liquid.phrase import Phrase, read_phrase
from hourglass.messages.delivery.breaker import Breaker
from hourglass.messages.delivery.health import ProviderHealth, providers_health
from hourglass.messages.delivery.providers import address_kinds
from hourglass.messages.delivery.rehearse import Rehearsal
from hourglass.messages.delivery.run import run
from hourglass.messages.domains.asked import ask_about
from hourglass.messages.domains.call import call_server
from hourglass.messages.domains.finding import DnsRecord, DomainFinding, DomainReport
from hourglass.messages.domains.inspect import inspect_domain, look_at_mail
from hourglass.messages.domains.resolver import DnsResolver
from hourglass.messages.gate.reasons import REASONS, Reason, words_of
from hourglass.messages.letters.confirmation import Asked, agree, find_asked
from hourglass.messages.letters.gesture import Gesture
from hourglass.messages.letters.language import LANGUAGES, spoken
from hourglass.messages.letters.letter import Letter, find_letter, view
from hourglass.messages.letters.preferences import (
    PAUSE,
    Offer,
    Preferences,
    Wishes,
    choose,
    leave,
    pair,
    pause,
    preferences_of,
)
from hourglass.messages.letters.subscriber import Subscriber, of_message, of_person
from hourglass.messages.letters.topic import TOPIC
from hourglass.messages.letters.unsubscribe import resubscribe, unsubscribe
from hourglass.messages.letters.upkeep import run_upkeep
from hourglass.messages.outbox.fall_back import Instead
from hourglass.messages.outbox.mass import Mass, enqueue_mass, park, unpark, waiting_of_send, withhold_send
from hourglass.messages.outbox.news import About, News, tell
from hourglass.messages.outbox.outbox import OutboxRow, cancel, enqueue
from hourglass.messages.policy.contest import Contest, contest_of
from hourglass.messages.policy.countries import zone_of
from hourglass.messages.policy.standing import POLICY
from hourglass.messages.preview.checks import findings
from hourglass.messages.preview.kinds import BRAND, SNIPPET, TEMPLATE
from hourglass.messages.preview.page import preview_page
from hourglass.messages.preview.preview import TemplatePreview, Wish, preview
from hourglass.messages.preview.trial import send_trial
from hourglass.messages.reports.report import (
    MessageCounts,
    MessageLine,
    ReasonCount,
    counts,
    of_profile,
    per_minute,
    recent,
)
from hourglass.messages.reports.responses import Response, last_left, responses
from hourglass.messages.reports.send import (
    SendGroup,
    SendMoment,
    SendOutcome,
    SendTotals,
    send_course,
    send_outcomes,
    send_progress,
    send_states,
    send_totals,
)
from hourglass.messages.reports.touches import LinkCount, Touches, touches
from hourglass.messages.reputation.readiness import BULK, Problem, Readiness, bulk_readiness, leaves_this_machine
from hourglass.messages.reputation.reputation import Reputation, Returns, reputation_of, sends_to_stop, what_came_back
from hourglass.messages.returns.run import receive
from hourglass.messages.starters.catalogue import starter_documents, starters
from hourglass.messages.suppressions.files import Listed, listed_in, write_suppressions
from hourglass.messages.suppressions.keep import (
    Suppression,
    SuppressionImport,
    Suppressions,
    release,
    suppress,
    suppressions,
)
from hourglass.messages.tracking.feedback import apply_feedback
from hourglass.messages.tracking.hit import Hit, HitKind
from hourglass.messages.tracking.hits import note_hit, run_hits, tell_hits
from hourglass.messages.tracking.tokens import Purpose, Signer, Token, load_signer
from hourglass.messages.webhooks.called import Called, find_called
from hourglass.messages.webhooks.hear import Counted, hear, use_once
from hourglass.messages.why.why import Why, why

__all__ = [
    "BRAND",
    "BULK",
    "LANGUAGES",
    "PAUSE",
    "POLICY",
    "REASONS",
    "SNIPPET",
    "TEMPLATE",
    "TOPIC",
    "About",
    "Asked",
    "Asset",
    "Breaker",
    "Called",
    "Contest",
    "Counted",
    "Credited",
    "DnsRecord",
    "DnsResolver",
    "DomainFinding",
    "DomainReport",
    "Earned",
    "Gesture",
    "Hit",
    "HitKind",
    "Instead",
    "Letter",
    "LinkCount",
    "Listed",
    "Mass",
    "MessageCounts",
    "MessageLine",
    "News",
    "Offer",
    "OutboxRow",
    "Phrase",
    "Preferences",
    "Problem",
    "ProviderHealth",
    "Purpose",
    "Readiness",
    "Reason",
    "ReasonCount",
    "Rehearsal",
    "Reputation",
    "Response",
    "Returns",
    "SendGroup",
    "SendMoment",
    "SendOutcome",
    "SendTotals",
    "Signer",
    "Subscriber",
    "Suppression",
    "SuppressionImport",
    "Suppressions",
    "TemplatePreview",
    "Token",
    "Touches",
    "Why",
    "Wish",
    "Wishes",
    "address_kinds",
    "agree",
    "apply_feedback",
    "ask_about",
    "attribute",
    "attribution_rules",
    "bulk_readiness",
    "call_server",
    "cancel",
    "choose",
    "contest_of",
    "counts",
    "credited",
    "earned",
    "enqueue",
    "enqueue_mass",
    "find_asked",
    "find_called",
    "find_letter",
    "findings",
    "hear",
    "inspect_domain",
    "last_left",
    "leave",
    "leaves_this_machine",
    "list_assets",
    "listed_in",
    "load_signer",
    "look_at_mail",
    "note_hit",
    "of_message",
    "of_person",
    "of_profile",
    "pair",
    "park",
    "pause",
    "per_minute",
    "preferences_of",
    "preview",
    "preview_page",
    "providers_health",
    "put_asset",
    "read_phrase",
    "read_template",
    "receive",
    "recent",
    "release",
    "reputation_of",
    "responses",
    "resubscribe",
    "run",
    "run_hits",
    "run_upkeep",
    "send_course",
    "send_outcomes",
    "send_progress",
    "send_states",
    "send_totals",
    "send_trial",
    "sends_to_stop",
    "spoken",
    "starter_documents",
    "starters",
    "suppress",
    "suppressions",
    "tell",
    "tell_hits",
    "touches",
    "try_wording",
    "unpark",
    "unsubscribe",
    "use_once",
    "view",
    "waiting_of_send",
    "what_came_back",
    "why",
    "withhold_send",
    "words_of",
    "write_suppressions",
    "zone_of",
]
