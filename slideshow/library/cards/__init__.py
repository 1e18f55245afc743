"""The preview cards of links to slides."""
