"""The parts of reading a spreadsheet: its sheets, each of its formats, and how numbers are printed."""
