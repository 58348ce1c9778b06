"""Hourglass: self-hosted marketing automation for shops and marketplace sellers."""

__version__ = "0.1.0"
