"""Who we are: the organisation with its calendar and currency, the team tree, users and roles."""
