"""E-mail by Unisender Go's Web API."""
