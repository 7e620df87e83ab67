"""The house patterns bite where they should and nowhere else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

AST_GREP = str(Path(sys.executable).parent / "ast-grep")


def rules_broken(folder: Path, *, place: str, code: str) -> set[str]:
    file = folder / "src" / "wendu" / place
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    shutil.copy(ROOT / "sgconfig.yml", folder)
    shutil.copytree(ROOT / "dev" / "rules", folder / "dev" / "rules")
    scan = subprocess.run([AST_GREP, "scan", "--json"], cwd=folder, capture_output=True, text=True, check=False)
    return {finding["ruleId"] for finding in json.loads(scan.stdout)}


@pytest.mark.parametrize(
    "place,code,rule",
    [
        ("web/customers/views.py", "customer.save()", "no-writes-in-doors"),
        ("web/customers/views.py", "customer.delete()", "no-writes-in-doors"),
        ("web/customers/views.py", "Customer.objects.create(name=name)", "no-writes-in-doors"),
        ("api/v1/touches.py", "Touch.objects.update(kind=kind)", "no-writes-in-doors"),
        ("method/temperature.py", "today = date.today()", "no-clock-in-rules"),
        ("touches/actions.py", "at = timezone.now()", "no-clock-in-rules"),
        ("touches/actions.py", "at = datetime.now(UTC)", "no-clock-in-rules"),
        ("desk/wording.py", '_(f"Hello {name}")', "no-built-messages"),
        ("desk/wording.py", 'gettext("Hello {}".format(name))', "no-built-messages"),
        ("web/customers/views.py", "Customer.objects.all()", "no-unfiltered-reads-in-doors"),
    ],
)
def test_a_broken_pattern_is_found(tmp_path, place, code, rule):
    assert rules_broken(tmp_path, place=place, code=code) == {rule}


@pytest.mark.parametrize(
    "place,code",
    [
        ("web/customers/views.py", "Customer.objects.visible_to(request.user).open()"),
        ("web/customers/views.py", "context.update(card=card)"),
        ("touches/actions.py", "day = organisation.today(at)"),
        ("touches/actions.py", "touch.save()"),
        ("web/clock.py", "at = now()"),
        ("desk/wording.py", '_("Hello %(name)s") % {"name": name}'),
    ],
)
def test_good_code_is_left_alone(tmp_path, place, code):
    assert rules_broken(tmp_path, place=place, code=code) == set()
