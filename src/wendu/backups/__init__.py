"""Backups: the whole firm in one file that either database can be brought back from."""
