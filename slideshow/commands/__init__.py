"""The work behind each command; ``cli.py`` parses and prints."""
