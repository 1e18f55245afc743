"""The pictures beside an article, and the sizes and formats they are served in."""
