"""Providers that are called over HTTP: one way to call, one verdict on what failed."""
