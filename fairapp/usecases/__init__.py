"""What people do: one verb, one function; asks the rules, writes the store, logs the audit."""
