"""The door for people: pages, forms, fragments."""
