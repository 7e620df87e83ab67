"""The settings of a worker under test: those of tests, plus a job that takes its time."""

from wendu.config.settings_test import *  # noqa: F403
from wendu.config.settings_test import JOB_MODULES

JOB_MODULES = [*JOB_MODULES, "tests.jobs.slow"]
