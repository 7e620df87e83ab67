"""Reads for whole screens, and the words for what the method and the coach say in codes."""
