"""The command line: `hourglass --help`."""

from hourglass.cli.main import main

__all__ = ["main"]
