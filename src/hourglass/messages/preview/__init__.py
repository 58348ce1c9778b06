"""A message before it is sent: as anybody would get it, as a test, and with what is missing in it."""
