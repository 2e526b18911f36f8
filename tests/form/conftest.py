"""A phone before the form router."""

import pytest
from aiogram import Router

from handlers.form.router import router as form_router
from tests.form import sample
from tests.form.phone import Phone


def open_phone(language: str = "en") -> Phone:
    """Give a fresh phone; the form router stays in whatever dispatcher it belongs to."""
    sample.enter_forms()
    sample.finished.clear()
    sample.again.clear()
    both = Router(name="both")
    belongs_to, form_router._parent_router = form_router._parent_router, None
    both.include_routers(sample.starter(), form_router)
    form_router._parent_router = belongs_to
    return Phone(both, language)


@pytest.fixture
def phone() -> Phone:
    """An English reader's phone."""
    return open_phone()
