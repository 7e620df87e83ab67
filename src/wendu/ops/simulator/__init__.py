"""One firm's two years up to today, made from hidden truths; also the load generator."""
