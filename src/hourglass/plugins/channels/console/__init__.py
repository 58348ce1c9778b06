"""Messages on the console, for development."""
