"""Versions of a journey: who stands in an old one, and taking them over into another on purpose."""
