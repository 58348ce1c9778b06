"""E-mail by Mailgun's HTTP API."""
