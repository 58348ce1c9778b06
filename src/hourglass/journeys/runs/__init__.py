"""People inside journeys: let in, ended early, woken, moved on step by step, and written down."""
