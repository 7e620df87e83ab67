"""Statistics over plain columns, pure of Django; empty until the first model moves in."""
