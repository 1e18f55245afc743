"""The public states of stories: drafts, dates, and editions that are complete in every language."""
