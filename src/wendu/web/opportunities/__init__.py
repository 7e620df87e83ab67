"""Opportunities: the list, the page, and what is done there."""
