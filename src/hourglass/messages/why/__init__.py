"""Why a person got a message, or did not: the whole chain in words."""
