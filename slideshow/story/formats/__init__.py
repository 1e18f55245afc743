"""The formats of articles, a parser each."""
