"""Pandoc: documents to trees, passes over trees, trees to Markdown."""
