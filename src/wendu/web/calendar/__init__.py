"""The rhythm calendar."""
