"""One gate for all channels: whether this message may go to this person now, and in words why not."""
