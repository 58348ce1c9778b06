"""Claimed messages with everything that the gate and the templates ask about their people."""
