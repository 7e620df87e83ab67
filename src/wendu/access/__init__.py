"""The one place for who may see or do what: `visible_to`, `permit`, masking."""
