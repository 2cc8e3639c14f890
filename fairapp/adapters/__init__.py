"""The world outside: documents, codes, mail, files, sheets and plans; values in, bytes out."""
