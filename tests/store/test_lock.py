"""One process at a database: the second is told, a dead one holds nothing, a living one shows signs of life."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.lock import AlreadyRunning, last_sign, lock_file, only_one

HOLD = """
import sys, time
from pathlib import Path
from bot.store.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "new" / "bansou.db"


def hold(database: Path) -> subprocess.Popen[bytes]:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(database)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_a_second_process_is_told_who_holds_it_and_a_killed_one_holds_nothing(database: Path) -> None:
    holder = hold(database)
    with pytest.raises(AlreadyRunning) as caught, only_one(database):
        pass
    assert caught.value.holder == str(holder.pid)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with only_one(database):
        assert lock_file(database).read_text() == f"{os.getpid()}\n"


def test_it_is_free_again_at_the_end(database: Path) -> None:
    for _ in range(2):
        with only_one(database):
            assert last_sign(database) is not None
        assert last_sign(database) is None


def test_only_a_sign_of_life_makes_it_fresh(database: Path) -> None:
    with only_one(database) as sign:
        os.utime(lock_file(database), (1_000_000, 1_000_000))
        age = last_sign(database)
        assert age is not None
        assert age > 1_000_000
        sign()
        fresh = last_sign(database)
        assert fresh is not None
        assert fresh < 1_000_000


def test_nobody_holds_what_is_not_there(database: Path) -> None:
    assert last_sign(database) is None
    assert not database.parent.exists()


def test_others_may_not_read_it_and_a_database_in_memory_needs_none(database: Path, tmp_path: Path) -> None:
    with only_one(database):
        assert lock_file(database).stat().st_mode & 0o777 == 0o600
    with only_one(Path(":memory:")) as sign:
        sign()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
