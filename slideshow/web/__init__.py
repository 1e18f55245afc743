"""The web: the only package that imports Flask."""
