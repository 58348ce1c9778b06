"""What a message says: templates with their languages, made ready once for everyone who gets them."""
