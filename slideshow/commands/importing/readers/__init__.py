"""A reader for each kind of source, each yielding imported articles."""
