"""Wishes, points, draws and the exhibitor's own choice of a booth."""
