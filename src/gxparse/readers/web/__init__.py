"""What the reader of pages is made of."""
