"""Plug-ins: one folder each, no edit anywhere else; they see only the port of their family."""
