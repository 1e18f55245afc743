"""The formats of articles, one module each, and the registry that selects one."""
