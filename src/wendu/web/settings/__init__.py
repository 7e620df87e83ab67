"""The house itself: who we are, when we rest, who works here, how we sell."""
