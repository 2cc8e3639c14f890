"""What is said: catalogues of sentences in every language, and the formats of dates and money."""
