"""Wendu: a sales CRM that carries a method in it."""

__version__ = "0.1.0"
