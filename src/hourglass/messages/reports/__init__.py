"""What became of messages, counted."""
