"""Pages where producers look after their profile, products, pictures and people."""
