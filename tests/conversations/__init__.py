"""Whole stories over HTTP: the real house on one side, the sandbox on the other."""
