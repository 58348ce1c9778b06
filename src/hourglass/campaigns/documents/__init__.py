"""A campaign as its author writes it, and what is probably not meant."""
