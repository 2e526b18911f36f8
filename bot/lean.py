"""Import aiogram with its types left to be built when first used; to be imported before aiogram.

aiogram has some 400 types and 190 methods, each a pydantic model. Its import builds a validator and
a serializer for every one of them, and as types refer to one another, each holds many others once
more: 2 s of CPU and 110 MiB for 590 models, of which a bot needs a dozen. Measured on one machine,
process time and resident memory after `import aiogram`: 3.05 s and 166 MiB, with this 0.62 s and
56 MiB; what every turn reads then takes 0.11 s and 7 MiB (`build_common`), the rest a few
milliseconds each. An update that is read takes the same 28 µs.

pydantic can build late (`defer_build`), and aiogram asks its types to. They are built all the same
by a loop of `model_rebuild` at the end of `aiogram.types`, needed because their modules import one
another for type checkers alone. So that loop is held off, the names it would have handed over are
put into the modules that annotate with them, and methods are deferred as well. pydantic itself is
the same afterwards, and so are models that do not derive from aiogram's. Buttons (`CallbackData`)
do: each is built when first packed or read.

A type that derives from one of aiogram's needs that one built first (`Message.model_rebuild()`).
Where aiogram was imported before, nothing is done. Should aiogram or pydantic change so that this
no longer holds, `tests/bot/test_lean.py` fails.
"""

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.plain import without_colours

NAME = re.compile(r"\w+")

Names = dict[str, Any]


@contextmanager
def _deferring() -> Iterator[Names]:
    """Defer the models that are made inside; give the names that a rebuild of them would take."""
    names: Names = {}

    def model_rebuild(
        _model: Any, /, *, _types_namespace: Mapping[str, Any] | None = None, **_: Any
    ) -> None:
        """Note the names, build nothing."""
        names.update(_types_namespace or {})

    config, rebuild = BaseModel.model_config, vars(BaseModel)["model_rebuild"]
    BaseModel.model_config = ConfigDict(defer_build=True)
    setattr(BaseModel, "model_rebuild", classmethod(model_rebuild))  # noqa: B010 - mypy refuses it
    try:
        yield names
    finally:
        BaseModel.model_config = config
        setattr(BaseModel, "model_rebuild", rebuild)  # noqa: B010 - the same


def build_common() -> None:
    """Build what every turn needs, so that nobody's message waits for it.

    A message refers to most of aiogram, and all of that is part of its validator; those that are
    built after it take that part over: 0.11 s in this order, 0.20 s with `Update` first.
    """
    from aiogram.types import CallbackQuery, Chat, Message, Update  # noqa: PLC0415 - see above

    for model in (Message, Chat, CallbackQuery, Update):
        model.model_rebuild()


def _supply(names: Names) -> None:
    """Put the names that annotations use where Python looks for them: into each class's module."""
    for model in names.values():
        if isinstance(model, type) and issubclass(model, BaseModel):
            module = vars(sys.modules[model.__module__])
            for name in _annotated(model) & names.keys():
                module.setdefault(name, names[name])


def _annotated(model: type[BaseModel]) -> set[str]:
    """List the words in a model's annotations; inherited ones are read in its own module."""
    return {
        word
        for each in model.__mro__
        for annotation in inspect.get_annotations(each).values()
        for word in NAME.findall(str(annotation))
    }


with without_colours():  # python-telegram-bot imports it, whatever it sends by
    import httpx  # noqa: F401

if "aiogram" not in sys.modules:
    with _deferring() as _names:
        import aiogram  # noqa: F401
    _supply(_names)
