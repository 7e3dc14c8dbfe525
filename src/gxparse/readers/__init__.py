"""Readers: bytes or text → :class:`~gxparse.document.Document`. A reader knows nothing of what a report means."""
