"""The admin API's own pages: the shop right now, health, dead letters, keys."""
