"""The pure core: articles, stories and languages; neither Flask nor the disk."""
