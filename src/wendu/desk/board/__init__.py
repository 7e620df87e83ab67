"""The quadrant board: where the money stands, what is hot, whose window closes, and why a customer is where it is."""
