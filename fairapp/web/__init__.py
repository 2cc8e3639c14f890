"""Pages: from the request to the order and from the answer to the template."""
