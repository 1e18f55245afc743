"""Rendered pages, cached in front of Flask."""
