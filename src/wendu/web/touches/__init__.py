"""Logging a touch: the drawer, its live effect, and what becomes of what was agreed."""
