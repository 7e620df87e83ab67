"""What was bought, through the web door."""
