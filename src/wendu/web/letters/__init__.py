"""Mails that carry what the pages show: the plan of the morning, and what one wants to be told by mail."""
