"""What is said, as plain data without a medium: parts, names, sentences."""
