"""Bringing files in: upload, columns, a try, the work itself, what was not taken, and the way back."""
