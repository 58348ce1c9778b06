"""Static lists: segments whose members are named one by one instead of by a condition."""
