"""Pairs that may be one: looked for, merged, or told apart."""
