"""The library: where the stories and their catalogues are read from."""
