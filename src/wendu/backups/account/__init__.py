"""The account: all a firm has written down, in an open format, without anybody's secrets, across versions."""
