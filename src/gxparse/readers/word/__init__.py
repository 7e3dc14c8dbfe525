"""What the files of word processors are made of, and LibreOffice, which reads what no library does."""
