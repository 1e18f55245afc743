"""The formats of articles, a module each, and the registry that picks one."""
