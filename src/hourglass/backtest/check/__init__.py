"""A journey held against what the workspace really has, before it is launched: a to-do list in words."""
