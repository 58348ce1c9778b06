"""Liquid in a box: what templates may say, ask and cost."""
