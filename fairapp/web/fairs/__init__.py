"""Fairs in the browser: their public pages, and their organiser's overview, settings, plans and audit."""
