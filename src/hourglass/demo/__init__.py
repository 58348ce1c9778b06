"""The demo: a real shop's year as history, its last week played live through the public API."""

from hourglass.demo.options import Around, Options
from hourglass.demo.retail import Retail, read_retail
from hourglass.demo.run import run
from hourglass.demo.say import Say
from hourglass.demo.server import serving
from hourglass.demo.story import Dates, Story, tell

__all__ = ["Around", "Dates", "Options", "Retail", "Say", "Story", "read_retail", "run", "serving", "tell"]
