"""Printed documents: plain values in, PDF out; no database, no web, no translations."""
