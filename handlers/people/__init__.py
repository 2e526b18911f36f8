"""Coming in: the welcome with its consent, the home screen, language, help, the command menu."""
