"""A phone before the form router."""

import pytest
from aiogram import Router

from handlers.form.router import router as form_router
from tests.form import sample
from tests.form.phone import Phone


def open_phone(language: str = "en") -> Phone:
    """Give a fresh phone; the routers are let go of whatever dispatcher they had."""
    sample.enter_forms()
    sample.finished.clear()
    sample.again.clear()
    both = Router(name="both")
    form_router._parent_router = None
    both.include_routers(sample.starter(), form_router)
    return Phone(both, language)


@pytest.fixture
def phone() -> Phone:
    """An English reader's phone."""
    return open_phone()
