"""Files as they come: told apart by what is in them, looked at for what would do harm, and read as rows of text."""
