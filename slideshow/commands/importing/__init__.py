"""Turns foreign files into articles: a reader for each kind of source, one writer for all."""
