"""Finished pages, kept in front of Flask."""
