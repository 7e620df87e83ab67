"""The stories look at screens through the same eyes as the tests of the web."""

from tests.web.conftest import clock, enter, look

__all__ = ["clock", "enter", "look"]
