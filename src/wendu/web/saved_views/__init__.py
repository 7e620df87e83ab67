"""Saved views above the table of customers."""
