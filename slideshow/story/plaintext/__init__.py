"""Plain text, as newsrooms paste it: its lines, its contents, its headlines."""
