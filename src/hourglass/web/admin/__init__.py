"""The admin API's own pages: the shop right now, and health."""
