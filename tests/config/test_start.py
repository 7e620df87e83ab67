"""The product stops before it starts when a setting is not safe."""

import importlib
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from wendu.config.checks import database_role_is_modest

SAFE = {
    "WENDU_SECRET_KEY": "k3v9-Zp7Qm2Xw8Lr5Tn1Yb6Hd4Sg0Jf-Uc7Ea9Vo3Ki5Mx8Nq2Wt6",
    "WENDU_BASE_URL": "https://crm.example.cn",
}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("WENDU_", "DJANGO_", "DATABASE"))
    }
    command = [sys.executable, "-c", "from wendu.config import settings"]
    return subprocess.run(command, env={**clean, **variables}, capture_output=True, text=True, check=False)


def test_safe_settings_start(tmp_path):
    assert start(**SAFE, WENDU_DATA_DIR=str(tmp_path)).returncode == 0


@pytest.mark.parametrize(
    "name,value",
    [
        ("WENDU_SECRET_KEY", "django-insecure-please-change-me-please-change-me-please"),
        ("WENDU_SECRET_KEY", ""),
        ("WENDU_DEBUG", "1"),
        ("WENDU_DEMO", "1"),
        ("WENDU_ALLOWED_HOSTS", "*"),
        ("WENDU_ALLOWED_HOSTS", ".example.cn"),
        ("WENDU_BASE_URL", "http://crm.example.cn"),
    ],
)
def test_an_unsafe_setting_stops_the_start_with_its_name(tmp_path, name, value):
    refused = start(**{**SAFE, "WENDU_DATA_DIR": str(tmp_path), name: value})

    assert refused.returncode != 0
    assert refused.stderr.strip().splitlines()[-1].count(name) == 1


def test_all_faults_are_told_at_once(tmp_path):
    refused = start(WENDU_ALLOWED_HOSTS="*", WENDU_BASE_URL="http://crm.example.cn", WENDU_DATA_DIR=str(tmp_path))
    line = refused.stderr.strip().splitlines()[-1]

    assert all(name in line for name in ("WENDU_SECRET_KEY", "WENDU_ALLOWED_HOSTS", "WENDU_BASE_URL"))
    assert "无法启动" in line


@pytest.mark.django_db
def test_the_role_of_this_database_is_modest():
    assert database_role_is_modest(databases=["default"]) == []


@pytest.mark.django_db
def test_a_superuser_role_is_an_error(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr("wendu.config.checks._is_superuser", lambda _connection: True)

    assert [fault.id for fault in database_role_is_modest(databases=["default"])] == ["wendu.E001"]


def test_tests_run_under_the_rules_of_production():
    assert settings.PRODUCTION


@pytest.mark.django_db
def test_the_server_entry_refuses_a_role_that_is_not_modest(monkeypatch):
    fault = Error("the database role must not be a superuser")
    monkeypatch.setattr("django.core.checks.run_checks", lambda **_options: [fault])
    sys.modules.pop("wendu.config.wsgi", None)

    with pytest.raises(ImproperlyConfigured, match="superuser"):
        importlib.import_module("wendu.config.wsgi")
