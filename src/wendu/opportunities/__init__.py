"""Needs of a customer that we are able to satisfy."""
