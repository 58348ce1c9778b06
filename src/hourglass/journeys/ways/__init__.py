"""The ways into a journey, as its document says them: kept apart from the doors that act on them."""
