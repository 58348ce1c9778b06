"""What conditions may know about people beside their events, one file each."""

from hourglass.audience.facts.registry import read_facts, read_whole_facts

__all__ = ["read_facts", "read_whole_facts"]
