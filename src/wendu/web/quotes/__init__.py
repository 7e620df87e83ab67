"""Quotes through the web door."""
