"""What was found out about deals, as tables: one reader, one writer and one way out for every kind of it."""
