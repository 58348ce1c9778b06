"""Segments built from the lake: all that are new or changed at once, beside the tick."""

from typing import TYPE_CHECKING, Any

from hourglass.audience.build.building import Built, anything_to_build, build
from hourglass.audience.build.everybody import RANK, Everybody, everybody
from hourglass.audience.build.frames import Lake, lake_frame
from hourglass.audience.build.one_pass import answer_all
from hourglass.audience.build.standing import ask_again, note_asked, ready
from hourglass.audience.build.warm import Warm
from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.audience.build.spark import Cluster

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

_ROOMS = {"spark": ("Cluster",)}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
