"""What is served, a blueprint or a kind of page in each file."""
