"""Segments in force, and what is asked about the people whom a batch touched."""
