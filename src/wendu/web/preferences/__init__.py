"""How a person likes the screens: language and theme."""
