"""Who gets in: keys, users, secrets."""
