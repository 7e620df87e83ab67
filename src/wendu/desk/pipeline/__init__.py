"""Many deals at once: the board by stage, what they promise, how they ended, what winners did, whom to coach."""
