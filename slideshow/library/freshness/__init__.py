"""Keeps values that come from files as fresh as the files."""
