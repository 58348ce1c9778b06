"""A second opinion: what conditions mean, in plain and naive Python, one person and one event at a time."""
