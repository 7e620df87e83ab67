"""Finding customers, people and deals from everywhere."""
