"""The films and sounds beside an article: their properties, posters and captions."""
