"""Audiences as a signed POST to a server of your own."""
