"""Promo codes: pools of them, each given to one person, good for a time and for one order."""
