"""What runs the house: the `wendu` command and everything behind it."""
