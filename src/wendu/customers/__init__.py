"""Whom we serve: customers, the people in them, and who looks after them."""
