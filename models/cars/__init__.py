"""Move a car 挪车: whoever is blocked asks whoever holds the plate; neither learns who it was."""
