"""The files of docs/deploy hold: a valid unit, a container without rights, a backup that comes back."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.channels.telegram.watch import Ending
from bot.cli import commands
from bot.settings import SETTINGS
from bot.store.database import open_database
from bot.store.keys import load_secret
from tests.talk import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNIT = (DEPLOY / "bansou.service").read_text(encoding="utf8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf8")
README = (DEPLOY / "README.md").read_text(encoding="utf8")
KEYS = {setting.key for setting in SETTINGS}
NOON = "2026-11-23T12:00:00+09:00"


def analyze(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The unit as it is, but for paths and a user that only a machine with the bot in place has."""
    unit = UNIT.replace("/opt/bansou/.venv/bin/bansou", sys.executable).replace("=bansou\n", "=daemon\n", 1)
    unit = unit.replace("Group=bansou", "Group=daemon").replace("/etc/bansou/bansou.env", "/dev/null")
    path = tmp_path / "bansou.service"
    path.write_text(unit, encoding="utf8")
    command = ["systemd-analyze", *arguments, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    found = analyze(tmp_path, "verify", "--man=no")
    assert (found.returncode, found.stderr) == (0, "")


@needs_systemd
def test_systemd_counts_the_unit_among_the_well_protected(tmp_path: Path) -> None:
    found = analyze(tmp_path, "security", "--offline=yes", "--threshold=20")  # 2.0 of 10: OK
    assert found.returncode == 0, found.stdout[-200:]


def test_the_unit_starts_a_command_that_is_there_with_its_data_where_the_readme_says() -> None:
    assert re.search(r"^ExecStart=/opt/bansou/\.venv/bin/bansou (\w+)$", UNIT, re.MULTILINE)[1] in commands.commands  # type: ignore[index]
    assert "Environment=XDG_DATA_HOME=/var/lib\nStateDirectory=bansou\n" in UNIT
    assert "`/var/lib/bansou`" in README


def test_what_only_a_person_can_mend_is_not_started_again_and_all_else_is() -> None:
    assert "Restart=on-failure\n" in UNIT
    assert re.findall(r"^RestartPreventExitStatus=(.*)$", UNIT, re.MULTILINE) == ["2"]


def test_the_readme_tells_every_exit_status() -> None:
    told = {int(number) for number in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert told == {1, 2, *map(int, Ending)}


def test_the_settings_that_the_readme_names_exist() -> None:
    assert set(re.findall(r"\b(?:BANSOU|TELEGRAM)_[A-Z_]+", README)) <= KEYS


def test_the_container_runs_as_nobody_with_one_volume_and_a_health_check() -> None:
    assert re.findall(r"^USER (.*)$", CONTAINER, re.MULTILINE) == ["10001:10001"]
    assert re.findall(r"^VOLUME (.*)$", CONTAINER, re.MULTILINE) == ["/data"]
    assert re.findall(r'CMD \["bansou", "doctor", "--alive"\]$', CONTAINER, re.MULTILINE)
    assert CONTAINER.index("USER ") < CONTAINER.index("ENTRYPOINT")
    for wanted in ("--read-only", "--cap-drop all", "--volume bansou:/data", "no-new-privileges"):
        assert wanted in README


def test_all_that_the_container_copies_is_there() -> None:
    copied = [name for line in re.findall(r"^COPY (.*)$", CONTAINER, re.MULTILINE) for name in line.split()[:-1]]
    assert copied
    assert all((ROOT / name).exists() for name in copied), copied


def test_the_backup_is_taken_from_a_living_database_and_comes_back(tmp_path: Path) -> None:
    here, there = tmp_path / "data", tmp_path / "backup"
    script = next(block for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) if "VACUUM INTO" in block)
    for named, ours in (("/var/lib/bansou", here), ("/var/backups/bansou", there)):
        assert named in script
        script = script.replace(named, str(ours))
    script = script.replace("/opt/bansou/.venv/bin/python", sys.executable)
    store = open_database(here / "bansou.db")
    secret = load_secret(here / "bansou.db", None)
    store.keep_state("u", {"turn": 7}, NOON)  # stands in the log only
    for _ in range(2):  # the second of a day takes the place of the first
        subprocess.run(["sh", "-c", script], check=True, timeout=60)
    store.close()
    found = sorted(there.iterdir())
    assert [path.stat().st_mode & 0o077 for path in found] == [0, 0]
    assert load_secret(found[0], None) == secret
    back = open_database(found[0])
    assert back.state("u") == {"turn": 7}
    back.close()
