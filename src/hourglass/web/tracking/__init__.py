"""The public pages behind a message: pixel, links, unsubscribe, view in a browser."""
