"""Tables people take out through the pages: asked for, written in the background, kept a while for who asked."""
