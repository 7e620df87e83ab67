"""The only package that knows everyone: environment, settings, addresses, server entry."""
