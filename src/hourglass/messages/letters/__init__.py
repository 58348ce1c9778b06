"""A sent message seen by the one who got it: view in browser, unsubscribe, topics."""
