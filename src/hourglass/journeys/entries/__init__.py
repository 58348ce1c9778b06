"""The doors of journeys: how people come in, one file each, and the queue of those who wait to be let in."""
