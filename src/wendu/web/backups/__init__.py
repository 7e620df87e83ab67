"""Backups: when the latest was made, making one now, and the way back."""
