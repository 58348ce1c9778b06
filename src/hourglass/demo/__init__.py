"""The demo: a real shop's year as history, its last week played live through the public API."""
