"""What happens later: outbox letters and long work, started by name with plain facts."""
