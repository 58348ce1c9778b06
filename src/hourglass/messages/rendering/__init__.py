"""A candidate's template filled in with its facts, with links that tell and a way out."""
