"""Templates to begin with, in English and Russian, and the snippets that they share."""
