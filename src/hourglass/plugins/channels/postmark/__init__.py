"""E-mail by Postmark's API."""
