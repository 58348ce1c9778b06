"""The hot path: the Segment HTTP tracking API, straight from the socket into the log."""

from hourglass.web.collect.app import CollectApp

__all__ = ["CollectApp"]
