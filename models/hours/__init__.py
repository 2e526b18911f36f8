"""Hours: when the desk is open, what counts as working time, and when nobody is disturbed."""
