"""What happened in a period, read from the lake and made into the events that it once was."""
