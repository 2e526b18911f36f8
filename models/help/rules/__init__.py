"""Pure decisions about requests for help; standard library only."""
