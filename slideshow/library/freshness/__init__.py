"""How values that come from files stay as new as the files."""
