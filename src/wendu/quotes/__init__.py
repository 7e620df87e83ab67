"""What we ask for in writing: quotes with their lines and versions, what was sent, and who allowed what was given."""
