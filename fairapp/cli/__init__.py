"""Commands: the same orders as the pages, from a shell."""
