"""Two records side by side, made one, and two again."""
