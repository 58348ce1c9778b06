"""How many people are in segments, over time and together."""
