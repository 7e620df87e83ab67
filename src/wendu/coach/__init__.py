"""The coach joins method and database: it keeps what stands, judges it, and says what to do next."""
