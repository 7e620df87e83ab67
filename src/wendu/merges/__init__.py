"""Two records of one customer, or of one person, made one - and two again for thirty days."""
