"""The pure core: articles, stories and languages; independent of Flask and the disk."""
