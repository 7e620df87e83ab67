"""Pages about many customers at once."""
