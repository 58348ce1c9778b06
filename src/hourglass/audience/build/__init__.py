"""Segments built from the lake: all that are new or changed at once, beside the tick."""

from hourglass.audience.build.building import Built, anything_to_build, build
from hourglass.audience.build.everybody import RANK, Everybody, everybody
from hourglass.audience.build.frames import Lake, lake_frame
from hourglass.audience.build.one_pass import answer_all
from hourglass.audience.build.spark import Cluster
from hourglass.audience.build.standing import ask_again, note_asked, ready
from hourglass.audience.build.warm import Warm

__all__ = [
    "RANK",
    "Built",
    "Cluster",
    "Everybody",
    "Lake",
    "Warm",
    "answer_all",
    "anything_to_build",
    "ask_again",
    "build",
    "everybody",
    "lake_frame",
    "note_asked",
    "ready",
]
