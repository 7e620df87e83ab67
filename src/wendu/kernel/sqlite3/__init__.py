"""SQLite as Django knows it, but whoever waits for the one writer asks again at once instead of every tenth second."""
