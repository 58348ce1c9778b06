"""What people think of our mail: complaints, and whether a large campaign may go out as Gmail and Yahoo ask."""
