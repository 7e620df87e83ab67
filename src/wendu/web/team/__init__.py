"""The manager's board, and the lists behind its inboxes."""
