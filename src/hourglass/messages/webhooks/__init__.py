"""What providers tell by their webhooks, from the channel that is called to the events in the log."""
