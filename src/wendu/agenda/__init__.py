"""What to do next: human steps, snoozes, due rows with one tick, and notifications."""
