"""The files under deploy/ speak of settings and commands that exist."""

import re
import tomllib
from pathlib import Path

import yaml
from typer.testing import CliRunner

from tests.config.test_documentation import READ
from wendu.ops.cli import app

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SETTING = re.compile(r"\b(WENDU_[A-Z_]+|DATABASE_URL)\b")


def test_every_setting_they_name_is_read():
    folder = ROOT / "src" / "wendu" / "config"
    read = {name for file in folder.glob("*.py") for name in READ.findall(file.read_text(encoding="utf-8"))}
    named = {name for file in DEPLOY.iterdir() for name in SETTING.findall(file.read_text(encoding="utf-8"))}

    assert named
    assert named <= read


def test_the_options_they_start_with_exist():
    told = CliRunner().invoke(app, ["up", "--help"], standalone_mode=False, env={"COLUMNS": "200"}).output
    text = (DEPLOY / "wendu.service").read_text(encoding="utf-8") + (DEPLOY / "Containerfile").read_text(
        encoding="utf-8"
    )
    options = set(re.findall(r"--(?:host|port|workers)\b", text))

    assert options == {"--host", "--port", "--workers"}
    assert all(option in told for option in options)


def test_the_image_is_built_from_a_python_we_support_and_from_files_that_are_there():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]

    assert wanted == ">=3.11,<3.14"
    assert set(re.findall(r"python:(3\.\d+)-slim", text)) == {"3.12"}
    assert [word for word in copied if not (ROOT / word).exists()] == []


def test_the_database_beside_it_belongs_to_a_modest_role():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    script = (DEPLOY / "database.sh").read_text(encoding="utf-8")

    assert "POSTGRES_USER" not in services["database"]["environment"], "its role would be a superuser"
    assert "CREATE ROLE wendu LOGIN PASSWORD" in script
    assert "OWNER wendu" in script
    assert "SUPERUSER" not in script
