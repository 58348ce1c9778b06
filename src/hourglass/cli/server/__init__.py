"""What runs, and how it does."""
