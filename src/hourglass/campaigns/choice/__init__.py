"""Which variant the rest gets, and why."""
