"""The recycle bin: everything that can be brought back, and the one place where things go for good."""
