"""Money of a fair: prices, invoices and payments."""
