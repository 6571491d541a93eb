"""The only way in: files and forms read, checked, held, stored as batches."""
