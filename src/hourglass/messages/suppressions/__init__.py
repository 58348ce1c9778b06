"""The suppression list by hand: looked at, added to, imported, taken from; every change with who and why."""
