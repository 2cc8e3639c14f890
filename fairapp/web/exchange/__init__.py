"""Lists in and out: upload, columns, preview and report of an import; a fair as a workbook."""
