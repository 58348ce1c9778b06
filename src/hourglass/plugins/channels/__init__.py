"""Channels: one folder each, found by its manifest."""
