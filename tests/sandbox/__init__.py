"""The sandbox, driven over real HTTP by both client libraries and by hand."""
