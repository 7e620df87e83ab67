"""Tables in and tables out: import of files with a row report, export of what one may see."""
