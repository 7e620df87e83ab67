"""Small pieces of the screen, each a pure function of prepared values: no query, no rule of the method."""
