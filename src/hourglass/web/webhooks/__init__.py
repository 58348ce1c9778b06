"""The door that providers knock at with news about our messages."""
