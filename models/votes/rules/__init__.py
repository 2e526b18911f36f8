"""Pure decisions about votes; standard library only."""
