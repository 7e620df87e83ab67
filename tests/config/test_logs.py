"""A log line never carries a person."""

import json
import logging
import logging.config

import pytest
import structlog

from wendu.config.logs import logging_settings, scrub
from wendu.jobs.actions import run_now
from wendu.jobs.models import Job
from wendu.jobs.registry import job
from wendu.kernel.errors import ActionError
from wendu.ops.up import web_command


class Unfit(ActionError):
    code = "unfit"
    message = "%(name)s does not fit"


@job("test.refused")
def refused(run):
    raise Unfit(name="砚湖轴承")


@job("test.broken")
def broken(run):
    raise ValueError("call 13800138000 or li.lei@example.cn back")


@pytest.mark.parametrize(
    "text",
    [
        "mail to li.lei@example.cn failed",
        "call 13800138000 back",
        "call +86 138 0013 8000 back",
        "duplicate key\nDETAIL:  Key (phone)=(13800138000) already exists.",
    ],
)
def test_mail_numbers_and_rows_are_taken_out(text):
    cleaned = scrub(text)

    assert "li.lei" not in cleaned
    assert "0013" not in cleaned
    assert "8000" not in cleaned


def test_ids_and_times_stay_readable():
    text = "touch 01935f6e-5f0a-7c3e-9b1a-2f60c5d1a7b2 logged at 2026-11-21"

    assert scrub(text) == text


def test_a_line_is_json_without_values_of_personal_keys(capsys):
    logging.config.dictConfig(logging_settings(level="INFO"))
    structlog.get_logger("wendu.test").info("touch.logged", phone="x1", password="y2", customer_name="z3", seconds=2)
    line = json.loads(capsys.readouterr().err.strip().splitlines()[-1])

    assert line["event"] == "touch.logged"
    assert line["seconds"] == 2
    assert {line["phone"], line["password"], line["customer_name"]} == {"(removed)"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["test.refused", "test.broken"])
def test_a_job_that_fails_is_logged_without_whom_it_was_about(kind, capsys):
    logging.config.dictConfig(logging_settings(level="INFO"))

    failed = run_now(kind, actor=None)
    told = capsys.readouterr().err

    assert failed.state == "failed"
    assert f"{kind} {failed.pk}" in told, "the job itself can be found"
    assert not [word for word in ("砚湖轴承", "13800138000", "li.lei") if word in told]
    assert Job.objects.get(pk=failed.pk).error


def test_the_server_writes_no_line_per_request():
    """Addresses carry what people search for; a proxy in front may count requests, it sees no query text in our log."""
    assert not [word for word in web_command("127.0.0.1", 8000, 1) if word.startswith("--access-log")]
