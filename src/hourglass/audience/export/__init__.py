"""Members of a segment or list on their way out: files, pages of the API, webhooks."""
