"""Mail that comes back: bounces and complaints, read, known by their mark, and told as news about a message."""
