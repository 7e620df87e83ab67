"""Many customers changed in one act, with a count beforehand and one way back."""
