"""E-mail by Amazon SES (API v2)."""
