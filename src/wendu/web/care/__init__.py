"""Pages about how content customers are."""
