"""What a fact is held against: operators with values, windows of time, one after the other."""
