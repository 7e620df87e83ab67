"""What the method thought of things, as explanations, and where a human overruled it."""
