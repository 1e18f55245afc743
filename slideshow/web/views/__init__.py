"""The views: a blueprint or a kind of page in each file."""
