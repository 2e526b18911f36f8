"""What came from Telegram: what has been handled, and what could not be and is kept for replay."""
