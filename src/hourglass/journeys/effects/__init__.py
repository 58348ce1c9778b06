"""What steps ask for beyond the run itself, done in the tick's transaction: with sets, once."""
