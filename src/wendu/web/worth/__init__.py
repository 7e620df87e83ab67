"""What customers are worth, on pages."""
