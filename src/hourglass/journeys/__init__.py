"""What happens to whom, when: journeys as documents, their runs moved by the tick."""

from hourglass.journeys.audiences.api import AudienceState, audience_states
from hourglass.journeys.audiences.syncs import Syncs
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.journeys.effects.calls import Calls
from hourglass.journeys.effects.tasks import JourneyTask, finish_task, list_tasks, take_task
from hourglass.journeys.entries.invite import Guest, Invitation, Invited, Unknown, enter
from hourglass.journeys.entries.occasion import next_occasion
from hourglass.journeys.entries.run import Entries
from hourglass.journeys.entries.sweep import Sweep
from hourglass.journeys.program import Node
from hourglass.journeys.report import NO_RUNS, JourneyDetail, JourneyReport, StepReport, detail, report, step_runs
from hourglass.journeys.runs.advance import Advanced, JourneyEngine
from hourglass.journeys.runs.follow import follow
from hourglass.journeys.state import archive, pause, resume
from hourglass.journeys.steps.bandit import BanditStep
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.when import Knows, When, when_words
from hourglass.journeys.versions.take_over import TakenOver, TakeOver, take_over
from hourglass.journeys.walk import inside, leaves_in, sendings, texts_in
from hourglass.journeys.ways.rhythm import Rhythm, read_rhythm, read_time
from hourglass.journeys.ways.way import OnCall, OnDate, OnEvent, OnProduct, OnSchedule, OnSegment, Way

__all__ = [
    "JOURNEY",
    "NO_RUNS",
    "Advanced",
    "AudienceState",
    "BanditStep",
    "Calls",
    "Entries",
    "Guest",
    "Invitation",
    "Invited",
    "Journey",
    "JourneyDetail",
    "JourneyEngine",
    "JourneyReport",
    "JourneyTask",
    "Knows",
    "Need",
    "Node",
    "OnCall",
    "OnDate",
    "OnEvent",
    "OnProduct",
    "OnSchedule",
    "OnSegment",
    "Rhythm",
    "StepReport",
    "Sweep",
    "Syncs",
    "TakeOver",
    "TakenOver",
    "Unknown",
    "Way",
    "When",
    "archive",
    "audience_states",
    "detail",
    "enter",
    "finish_task",
    "follow",
    "inside",
    "leaves_in",
    "list_tasks",
    "next_occasion",
    "pause",
    "read_journey",
    "read_rhythm",
    "read_time",
    "report",
    "resume",
    "sendings",
    "step_runs",
    "take_over",
    "take_task",
    "texts_in",
    "when_words",
]
