"""What the reader chose: the address, the session, filters and links that carry it along."""
