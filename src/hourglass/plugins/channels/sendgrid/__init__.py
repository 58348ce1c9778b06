"""E-mail by SendGrid's Web API."""
