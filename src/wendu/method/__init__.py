"""The sales method as pure rules: facts in, readings out, no clock, no database, standard library only."""
