"""What a visitor sees after scanning a booth: no cookie, no log-in, fresh with every request."""
