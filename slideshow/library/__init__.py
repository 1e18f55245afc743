"""The library: the source of stories and of their catalogues."""
