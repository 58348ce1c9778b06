"""Segments built from the lake: all that are new or changed at once, beside the tick."""

from hourglass.audience.build.building import Built, anything_to_build, build
from hourglass.audience.build.standing import ask_again, note_asked, ready

__all__ = ["Built", "anything_to_build", "ask_again", "build", "note_asked", "ready"]
