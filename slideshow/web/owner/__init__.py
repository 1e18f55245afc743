"""The parts of pages that are their owner's: the look, fonts, scripts, templates."""
