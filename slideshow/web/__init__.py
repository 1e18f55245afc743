"""The web: the only room that knows Flask."""
