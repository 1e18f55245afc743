"""Markdown: cleaned of other tools' syntax, parsed into blocks, rendered as safe HTML."""
