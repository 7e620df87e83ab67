"""Finding things by a piece of their name, pinyin, initials or phone tail; fed by the actions above."""
