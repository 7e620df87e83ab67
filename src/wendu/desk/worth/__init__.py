"""What customers are worth, whom to ask for the next order, and how far to trust the figures: reads for screens."""
