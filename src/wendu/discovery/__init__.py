"""What we found out about a demand: needs behind requirements, criteria, what they gain, and whom they trust."""
