"""Partners of an exhibitor: named by it, approved by the office, and the fair's rules for them."""
