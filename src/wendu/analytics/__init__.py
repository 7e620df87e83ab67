"""Statistics over plain columns, pure of Django: when customers buy again, for how much, and how sure that is.

Columns come in, columns go out; nothing here reads a clock, a database of the site or a file. An estimator learns in
`fit`, remembers with a trailing underscore and says in `status_` how far it may be believed; it raises for no data.
"""
