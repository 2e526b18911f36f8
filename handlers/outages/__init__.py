"""Outages: the hours whose messages may be lost are told."""
