"""A leaving colleague's whole book in other hands: one act, with a way back."""
