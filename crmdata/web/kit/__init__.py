"""What pages are made of: charts with words and tables, cards, lists, downloads, long work."""
