"""Misbehaviour on order."""


class Faults:
    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
