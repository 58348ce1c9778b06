"""Signed tokens in links, and what comes back from people and providers."""
