"""Talks prepared: the question bank, the plan, the print, the sheet of who comes along."""
