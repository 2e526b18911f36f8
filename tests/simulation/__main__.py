"""`python -m tests.simulation SEED`: live a life again; `--shrink` finds why it goes wrong."""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from models.wiring import wire
from tests import warm
from tests.simulation import town
from tests.simulation.checks import faults
from tests.simulation.life import lived
from tests.simulation.plan import Plan, draw, shrink

cli = typer.Typer(add_completion=False)

SHOWN = 10


@cli.command()
def live(
    seed: int,
    *,
    count: Annotated[int, typer.Option(help="So many lives, from this seed on.")] = 1,
    long: Annotated[bool, typer.Option("--long", help="Several stretches and nights.")] = False,
    only: Annotated[str, typer.Option(help="Numbers of events: all others are left out.")] = "",
    shorten: Annotated[bool, typer.Option("--shrink", help="As few events as fail.")] = False,
) -> None:
    """Live lives by seed, and say what was wrong with each."""
    wire()
    warm.keep_compiled()
    warm.keep_certificates()
    with TemporaryDirectory() as folder:
        template = town.template(Path(folder))

        def wrong(plan: Plan) -> list[str]:
            with lived(plan, template) as life:
                return faults(life)

        for number in range(seed, seed + count):
            plan = draw(number, long=long)
            if only:
                plan = plan.only([int(each) for each in only.split(",")])
            began = time.monotonic()
            found = wrong(plan)
            told = f"{len(plan.events)} events, {plan.processes} processes"
            typer.echo(f"seed {number}: {told}, {time.monotonic() - began:.1f} s")
            typer.echo("".join(f"  {each}\n" for each in found[:SHOWN]), nl=False)
            if found and shorten:
                kept = shrink(plan, lambda one: bool(wrong(one)))
                typer.echo("\n".join(f"  {each}: {plan.events[each]}" for each in kept))
                typer.echo(f"  again with --only {','.join(map(str, kept))}")


if __name__ == "__main__":
    cli()
