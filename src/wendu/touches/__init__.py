"""The log: every touch with a customer, and what was agreed, promised, left open or learnt in it."""
