"""Messages on their way: put in by journeys, taken out by delivery, and what is told about them as events."""
