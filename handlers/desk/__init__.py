"""The desk 工作台: what is open at one's places, and everything staff do about it."""
