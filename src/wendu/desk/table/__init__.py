"""The table of customers a team works in: what is asked of it, what that means, and one page of the answer."""
