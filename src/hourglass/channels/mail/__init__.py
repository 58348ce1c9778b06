"""What every way of sending mail shares: signing keys of a domain, and the mark by which a returned mail is known."""
