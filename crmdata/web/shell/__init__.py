"""What stands around every page: head, menu, login, language, failures, acts and receipts."""
