"""PO files: finding, reading, extracting, merging and writing them."""
