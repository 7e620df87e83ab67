"""Ground under everything: base classes, ids, money, clock, phones and errors; no tables, nothing about selling."""
