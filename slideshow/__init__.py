"""Slideshow turns an article into slides: one URL for each headline, in every language."""
