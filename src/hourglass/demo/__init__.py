"""The demo: a real shop's year as history, its last week played live through the public API."""

from hourglass.demo.options import Around, Options
from hourglass.demo.run import run
from hourglass.demo.say import Say
from hourglass.demo.server import serving

__all__ = ["Around", "Options", "Say", "run", "serving"]
