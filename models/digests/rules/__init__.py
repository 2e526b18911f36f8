"""Pure decisions about rates and digests; standard library only."""
