"""The condition as a tree: read, checked, said in words, and compiled to columns."""
