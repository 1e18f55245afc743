"""The pictures beside an article, and their sizes and formats."""
