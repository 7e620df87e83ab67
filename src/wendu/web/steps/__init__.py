"""Pages about what a person means to do."""
