"""PO files: found, read, extracted, merged and written."""
