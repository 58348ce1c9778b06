"""Goings out of campaigns: who gets them, how they stand, what is done with them."""
