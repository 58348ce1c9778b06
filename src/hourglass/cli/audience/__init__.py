"""Segments, lists and computed traits."""
