"""Every kind of step by the word that stands in the document."""

from __future__ import annotations

from hourglass.journeys.steps.alert import read_alert
from hourglass.journeys.steps.audience import read_audience
from hourglass.journeys.steps.bandit import read_bandit
from hourglass.journeys.steps.batch import read_batch
from hourglass.journeys.steps.branch import read_branch
from hourglass.journeys.steps.digest import read_digest
from hourglass.journeys.steps.emit import read_emit
from hourglass.journeys.steps.exit import read_exit
from hourglass.journeys.steps.go import read_go
from hourglass.journeys.steps.goal import read_goal
from hourglass.journeys.steps.lists import read_list
from hourglass.journeys.steps.promo import read_promo
from hourglass.journeys.steps.repeat import read_repeat
from hourglass.journeys.steps.send import read_send
from hourglass.journeys.steps.split import read_split
from hourglass.journeys.steps.start import read_start
from hourglass.journeys.steps.step import Reader
from hourglass.journeys.steps.task import read_task
from hourglass.journeys.steps.throttle import read_throttle
from hourglass.journeys.steps.update import read_update
from hourglass.journeys.steps.wait import read_wait
from hourglass.journeys.steps.webhook import read_webhook

STEPS: dict[str, Reader] = {
    "wait": read_wait,
    "throttle": read_throttle,
    "digest": read_digest,
    "batch": read_batch,
    "branch": read_branch,
    "split": read_split,
    "bandit": read_bandit,
    "repeat": read_repeat,
    "go": read_go,
    "goal": read_goal,
    "start": read_start,
    "send": read_send,
    "update": read_update,
    "list": read_list,
    "audience": read_audience,
    "emit": read_emit,
    "webhook": read_webhook,
    "promo": read_promo,
    "task": read_task,
    "alert": read_alert,
    "exit": read_exit,
}
