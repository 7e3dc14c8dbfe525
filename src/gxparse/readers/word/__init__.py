"""What a Word file is made of, below its text: the XML, the styles, the automatic numbers."""
