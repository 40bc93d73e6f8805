"""`python -m bot` is `bansou`."""

from __future__ import annotations

import runpy
import sys

import pytest


def test_the_module_runs_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["bansou", "--help"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("bot", run_name="__main__")
    assert end.value.code == 0
    assert "bansou talk --jsonl" in capsys.readouterr().out
