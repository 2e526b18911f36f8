"""Pure decisions about proposals; standard library only."""
