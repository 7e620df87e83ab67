"""Tables on their way out: what is read, how it is written into cells, and the files that hold them."""
