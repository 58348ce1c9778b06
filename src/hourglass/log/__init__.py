"""The durable log: what is acknowledged stands here until the engine has carried it through."""

from hourglass.log.chunk import Chunk, partition_of
from hourglass.log.dead_letters import Letter, bury, count_letters, letters, replay
from hourglass.log.gather import Piece
from hourglass.log.store import Backlog, append, backlog, claim, oldest, wake
from hourglass.log.writer import LogWriter

__all__ = [
    "Backlog",
    "Chunk",
    "Letter",
    "LogWriter",
    "Piece",
    "append",
    "backlog",
    "bury",
    "claim",
    "count_letters",
    "letters",
    "oldest",
    "partition_of",
    "replay",
    "wake",
]
