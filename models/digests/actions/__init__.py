"""Setting the times of digests, and queueing them when they fall due."""
