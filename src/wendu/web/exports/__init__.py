"""Tables taken out: asking for one, how far it is, and taking the file."""
