"""The cards that links to slides are shown with."""
