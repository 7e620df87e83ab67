"""The manager's board: whose heat is being lost, where the time goes, what the classes promise, what to look at."""
