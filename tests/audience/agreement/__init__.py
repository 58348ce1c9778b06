"""Live membership, the oracle's opinion and a rebuild must be one."""
