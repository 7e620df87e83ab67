"""What happened: append-only, and the only way upper floors learn of what lower floors do."""
