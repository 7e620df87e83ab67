"""Playbooks: the numbers and the words of a way of selling, as data (schema, loader, match)."""

from wendu.playbooks.completed import completed
from wendu.playbooks.loader import dump, load, parse, shipped, validate
from wendu.playbooks.match import class_row, never_chosen, pick_play, pick_script, scripts_for, why
from wendu.playbooks.numbers import method_scale
from wendu.playbooks.plays import Play, Script
from wendu.playbooks.problems import PlaybookError, Problem
from wendu.playbooks.schema import Playbook
from wendu.playbooks.situations import Situation
from wendu.playbooks.text import Text, fill

__all__ = [
    "Play", "Playbook", "PlaybookError", "Problem", "Script", "Situation", "Text", "class_row", "completed", "dump",
    "fill", "load", "method_scale", "never_chosen", "parse", "pick_play", "pick_script", "scripts_for", "shipped",
    "validate", "why",
]  # fmt: skip
