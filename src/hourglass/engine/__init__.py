"""The tick and the workers that run it."""

from hourglass.engine.tick import Engine, TickReport
from hourglass.engine.worker import EngineWorker
from hourglass.engine.workspaces import list_workspaces

__all__ = ["Engine", "EngineWorker", "TickReport", "list_workspaces"]
