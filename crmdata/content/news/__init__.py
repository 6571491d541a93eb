"""What moved between two cut-offs: rows, kinds of change, and what Novedades says of them."""
