"""The tick and the workers that run it."""

from hourglass.engine.building import Building
from hourglass.engine.tick import Engine, TickReport
from hourglass.engine.upkeep import Upkeep
from hourglass.engine.worker import EngineWorker

__all__ = ["Building", "Engine", "EngineWorker", "TickReport", "Upkeep"]
