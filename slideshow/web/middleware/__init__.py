"""WSGI layers around the app."""
