"""Proposals 议事提案: from an idea that a resident types to work delivered and rated.

submitted -> seconding -> deliberation -> vote -> adopted -> underway -> delivered -> closed; beside
them returned (mended, it is submitted again), merged, turned (into a request for help), withdrawn,
lapsed (too few seconds), declined, and rated (delivered, and those who backed it are not content).
Who may make which move is one table: `rules/states.py`.
"""
