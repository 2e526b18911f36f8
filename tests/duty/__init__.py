"""The duty roster, and who owns a request from its first minute."""
