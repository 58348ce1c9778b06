"""Audiences that other systems keep: told beside the tick, seen by people."""
