"""Simulated people who read the demo's mail: seeded, said to be made up, and nowhere but in the demo."""
