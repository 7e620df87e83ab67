"""One loader per kind of table: each checks its rows, then writes a batch of them with a fixed number of queries."""
