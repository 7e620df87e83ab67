"""The quadrant board."""
