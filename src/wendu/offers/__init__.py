"""What we put before them: benefits with evidence, messages heard, concerns answered, and the exchange."""
