"""Messages as a signed POST to a server of your own."""
