"""Files that people bring in through the pages: uploaded, understood, tried out, carried out, and taken back."""
