"""The tick and the workers that run it."""

from hourglass.engine.flusher import Flusher
from hourglass.engine.tick import Engine, TickReport
from hourglass.engine.worker import EngineWorker

__all__ = ["Engine", "EngineWorker", "Flusher", "TickReport"]
