"""Journeys, from the recipe to what came of it."""
