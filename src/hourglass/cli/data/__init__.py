"""Events in, answers out; definitions as files."""
