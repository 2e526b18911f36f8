"""The Bot API's methods, one module a family; importing a family registers its methods."""
