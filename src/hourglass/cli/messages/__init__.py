"""Templates, mail and where it may not go."""
