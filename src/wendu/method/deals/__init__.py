"""The rules of one opportunity: who decides, what they need, what was shown, whom they trust, what is exchanged."""
