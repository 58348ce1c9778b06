"""The doors: collect, admin, tracking, and who may come in."""
