"""A content folder for a test: the good one of `good/`, with files put over it."""

import shutil
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
REPO = HERE.parents[1]


def make_root(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    shutil.copytree(HERE / "good", folder, dirs_exist_ok=True)
    shutil.copy(REPO / "knowledge/words/faults.yaml", folder / "knowledge/words/faults.yaml")
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
