"""Coming in by a link: the page on which a new colleague chooses a password, and the mail that leads there."""
