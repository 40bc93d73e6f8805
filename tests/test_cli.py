"""The command line of contracts.md: what is printed for programs, where faults go, which exit code."""

import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import assemble, cli
from bot.channels.once import lists
from bot.channels.telegram import run as telegram
from bot.cli import main
from bot.content.wording import Wording
from bot.settings import Webhook
from bot.store.lock import only_one
from tests.channels.processes import bansou, broken_copy, environment
from tests.content.roots import HERE, make_root
from tests.talk import ROOT, real_library


class Printed:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def bansou_(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    for key in ("BANSOU_ALLOWED_USERS", "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_BASE_URL"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setattr(assemble, "LazySearch", lambda *_: real_library().search)  # built once for all tests

    def run(*arguments: str) -> Printed:
        code = main(list(arguments))
        return Printed(code, *capfd.readouterr())

    return run


# --- lists ---


def test_entries_are_an_array_with_the_keys_of_the_contract(bansou_: Any) -> None:
    printed = bansou_("entries", "--json")
    assert (printed.code, printed.err) == (0, "")
    by_id = {row["id"]: row for row in printed.data}
    assert list(by_id["kakuron-139"]) == ["id", "page", "pages", "name", "title", "part", "theme", "kind"]
    assert by_id["kakuron-139"]["part"] == "kakuron"
    assert (by_id["soron-042-1"]["page"], by_id["soron-042-1"]["pages"]) == (42, [43])
    assert "kakuron-139  139ページ" in bansou_("entries").out


def test_flows_are_an_array_with_the_keys_of_the_contract(bansou_: Any) -> None:
    printed = bansou_("flows", "--json")
    assert (printed.code, printed.err) == (0, "")
    flow = next(row for row in printed.data if row["id"] == "kihon-checklist")
    assert list(flow) == ["id", "title", "zone", "pages", "minutes", "version", "questions", "results"]
    questions = {question["id"]: question for question in flow["questions"]}
    assert questions["q01"] == {"id": "q01", "type": "yes_no", "options": ["yes", "no"], "range": None}
    assert questions["q12"] == {
        "id": "q12",
        "type": "measures",
        "options": ["under", "at_least"],
        "range": {"height_cm": [100, 220], "weight_kg": [20, 200]},
    }
    assert questions["pain"]["options"] == ["knee", "hip", "back", "numb"]
    assert {f"rule{number}" for number in range(1, 8)} <= set(flow["results"])
    assert "kihon-checklist  基本チェックリスト" in bansou_("flows").out


def test_a_question_in_a_repeat_is_listed_under_the_repeat_s_name() -> None:
    out, err = StringIO(), StringIO()
    assert lists.flows(ROOT / "tests" / "site", Wording(), out, err, as_data=True) == 0
    questions = {question["id"]: question for question in json.loads(out.getvalue())[0]["questions"]}
    assert questions["places.users"] == {"id": "places.users", "type": "number", "options": [], "range": [0, 500]}
    assert questions["mood"] == {"id": "mood", "type": "scale", "options": [], "range": [1, 3]}


def test_a_list_leaves_out_what_has_faults_and_tells_them(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_copy(tmp_path, monkeypatch, "knowledge/kakuron/139.yaml", "id: kakuron-139\npage: x\n")
    printed = bansou_("entries", "--json")
    assert printed.code == 1
    assert "kakuron-139" not in {row["id"] for row in printed.data}
    assert "knowledge/kakuron/139.yaml:2" in printed.err


# --- check ---


def test_check_is_fine_with_what_ships(bansou_: Any) -> None:
    assert bansou_("check", "--today", "2026-11-23").code == 0
    old = bansou_("check", "--json", "--today", "2028-01-01").data
    assert {row["code"] for row in old} == {"dated_old"}
    assert all(row["grade"] == "issue" for row in bansou_("check", "--json", "--today", "2026-11-23").data)


def test_check_tells_every_fault_with_its_line_and_fails(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_copy(tmp_path, monkeypatch, "knowledge/kakuron/139.yaml", "id: kakuron-139\npage: x\nshrt: y\n")
    printed = bansou_("check", "--today", "2026-11-23")
    assert printed.code == 1
    assert printed.out.startswith("■直すところ ")
    assert {"knowledge/kakuron/139.yaml:2", "knowledge/kakuron/139.yaml:3"} <= {
        line.partition(" ")[0] for line in printed.out.splitlines()
    }
    rows = bansou_("check", "--json", "--today", "2026-11-23").data
    assert list(rows[0]) == ["file", "line", "trail", "grade", "code", "message", "hint"]


def test_check_speaks_even_where_the_words_themselves_are_broken(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_copy(tmp_path, monkeypatch, "knowledge/words/cli.yaml", "found_faults: [\n")
    printed = bansou_("check", "--today", "2026-11-23")
    assert printed.code == 1
    assert "knowledge/words/cli.yaml:1" in printed.out


def small_content(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The good content of the tests, with a flow in which something can never be reached."""
    name = "never_reached"
    make_root(folder, {f"flows/{name}.yaml": (HERE / f"deep/{name}.yaml").read_text(encoding="utf-8")})
    shutil.copytree(ROOT / "knowledge/words", folder / "knowledge/words", dirs_exist_ok=True)
    monkeypatch.setattr(cli, "_root", lambda: folder)


def test_the_deep_check_tells_of_each_flow_and_all_that_check_tells(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_content(tmp_path, monkeypatch)
    printed = bansou_("check", "--deep", "--today", "2026-11-23")
    lines = printed.out.splitlines()
    assert printed.code == 1
    assert lines[0].startswith("kaigi: 質問9、結果3、")
    assert any(line.startswith("すべての答え方を確かめました（4の流れ、") for line in lines)
    assert any("どう答えても、この結果（crowded）にはなりません。" in line for line in lines)


def test_the_deep_check_as_data_is_one_array_of_problems_and_proofs(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_content(tmp_path, monkeypatch)
    printed = bansou_("check", "--deep", "--json")
    proofs = [row for row in printed.data if row["grade"] == "proof"]
    keys = ["file", "line", "trail", "grade", "code", "message", "hint"]
    assert (printed.code, [row["flow"] for row in proofs]) == (1, ["kaigi", "karada", "nemuri", "never_reached"])
    assert all(list(row)[:7] == keys for row in printed.data)
    assert list(proofs[0])[7:] == ["flow", "questions", "results", "states", "screens", "seconds"]
    assert "never_reached" in {row["code"] for row in printed.data}


def test_witnesses_are_talks_for_each_thing_that_can_happen(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_content(tmp_path, monkeypatch)
    out = bansou_("check", "--witness").out
    assert "# --- kaigi/result-direction_on.yaml\nabout: 結果「direction_on」になる、いちばん短い会話。\ntalk:\n" in out
    (row,) = [row for row in bansou_("check", "--witness", "--json").data if row.get("flow") == "nemuri"]
    assert list(row["talks"])[1:] == ["question-naps", "result-short_nights", "result-good_nights", "longest"]
    talk = yaml.safe_load(row["talks"]["result-short_nights"])["talk"]
    assert talk[0] == {"you": "/start flow-nemuri"}
    assert talk[-1] == {"press": ":confirm", "results": ["short_nights"]}


def test_check_without_the_proof_does_not_load_it() -> None:
    code = "import sys; from bot.cli import main; main(['check']); print([m for m in sys.modules if 'proof' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.endswith("[]\n")


# --- search, guard ---


def test_search_prints_the_contract_s_object(bansou_: Any) -> None:
    printed = bansou_("search", "協議体が形骸化しています", "--json", "--limit", "2")
    assert (printed.code, list(printed.data)) == (0, ["query", "answered", "hits"])
    hit = printed.data["hits"][0]
    assert (printed.data["answered"], len(printed.data["hits"])) == (True, 2)
    assert (list(hit), hit["entry"], hit["page"]) == (["entry", "page", "title", "score"], "kakuron-139", 139)


def test_search_for_people_prints_the_pages_and_with_explain_the_scores(bansou_: Any) -> None:
    said = bansou_("search", "協議体が形骸化しています").out
    assert said.startswith("139ページ ")
    assert "点数" not in said
    assert "kakuron-139  点数" in bansou_("search", "協議体が形骸化しています", "--explain").out


@pytest.mark.parametrize("text", ["利用者さんが死にたいと言っている", "意識がないみたいです"])
def test_search_has_no_answer_for_somebody_in_danger_but_the_fixed_words(bansou_: Any, text: str) -> None:
    assert bansou_("search", text, "--json").data == {"query": text, "answered": False, "hits": []}
    assert "119" in bansou_("search", text).out


def test_search_says_when_the_book_has_nothing(bansou_: Any) -> None:
    assert "見当たりませんでした" in bansou_("search", "qqqq xyzzy").out
    assert bansou_("search", " ", "--json").data["answered"] is False


def test_search_does_not_look_up_what_may_be_somebody_s_own(bansou_: Any) -> None:
    text = "佐藤さんの電話は090-1234-5678です"
    assert bansou_("search", text, "--json").data == {"query": text, "answered": False, "hits": []}
    assert "個人" in bansou_("search", text).out


def test_a_batch_has_one_object_a_line_in_order_blank_lines_too(bansou_: Any, tmp_path: Path) -> None:
    text = "協議体が形骸化しています\n\n担い手が見つからない\u2028\r\n死にたい\n佐藤さん 男性が来ない"
    (tmp_path / "q").write_text("\ufeff" + text, encoding="utf-8", newline="")
    rows = bansou_("search", "--batch", str(tmp_path / "q")).rows
    assert [row["query"] for row in rows] == [
        "協議体が形骸化しています", "", "担い手が見つからない\u2028", "死にたい", "佐藤さん 男性が来ない",
    ]  # fmt: skip
    assert [row["answered"] for row in rows[:2]] == [True, False]
    assert (rows[1]["hits"], rows[3]["hits"]) == ([], [])
    assert rows[4]["hits"], "the privacy guard is not asked"


def test_hits_of_one_query_are_of_different_sections(bansou_: Any, tmp_path: Path) -> None:
    sections = {row["id"]: row["page"] for row in bansou_("entries", "--json").data}
    hits = bansou_("search", "A町 支援前の準備 事前情報", "--json").data["hits"]
    pages = [sections[hit["entry"]] for hit in hits]
    assert len(pages) == len(set(pages))


def test_an_empty_batch_prints_nothing(bansou_: Any, tmp_path: Path) -> None:
    (tmp_path / "q").write_bytes(b"")
    assert bansou_("search", "--batch", str(tmp_path / "q")).out == ""


def test_guard_says_for_each_line_what_it_would_refuse(bansou_: Any, tmp_path: Path) -> None:
    (tmp_path / "g").write_bytes(
        "佐藤さん 090-1234-5678\n\n通いの場に男性が来ない\n\udcff".encode("utf-8", "surrogateescape")
    )
    rows = bansou_("guard", "--batch", str(tmp_path / "g")).rows
    assert [row["found"] for row in rows] == [["phone", "name"], [], [], []]
    assert rows[0]["text"] == "佐藤さん 090-1234-5678"


# --- invite ---


def test_an_invitation_is_made_in_the_database_that_the_bot_uses(bansou_: Any, closed_bot: Path) -> None:
    printed = bansou_("invite", "--until", "2999-01-01")
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.startswith("/start invite-")
    assert "2999-01-01まで" in printed.out
    assert "（1件）" in bansou_("invite", "--cancel").out
    assert closed_bot.exists()


def test_an_invitation_cannot_be_for_the_past_nor_be_made_and_cancelled_at_once(bansou_: Any, closed_bot: Path) -> None:
    assert bansou_("invite", "--until", "2020-01-01").code == 2
    assert bansou_("invite", "--until", "2999-01-01", "--cancel").code == 2
    assert "（0件）" in bansou_("invite", "--cancel").out


def test_without_a_token_or_a_place_for_the_database_there_is_no_invitation(
    bansou_: Any, closed_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANSOU_DB", "/dev/null/bansou.db")
    assert bansou_("invite").code == 1
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")
    assert bansou_("invite").code == 2


@pytest.fixture
def closed_bot(bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A token, a server that is not there, a database of its own."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BANSOU_ALLOWED_USERS", "invited")
    monkeypatch.setenv("BANSOU_DB", str(tmp_path / "bansou.db"))
    return tmp_path / "bansou.db"


# --- usage, settings, help ---


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "「nope」という命令はありません。"),
        (["--nope"], "「--nope」という指定はありません。"),
        (["talk", "--nope"], "「--nope」という指定はありません。"),
        (["run"], "「FLOW」が足りません。"),
        (["run", "kihon-checklist"], "「answers」が足りません。"),
        (["run", "x", "--answers", "/nowhere.json"], "「answers」の値が使えません"),
        (["run", "x", "--answers", "-", "--today", "きょう"], "日付は 2026-11-23 のように書きます。"),
        (["search"], "探すことばか --batch のどちらか"),
        (["search", "x", "--batch", "-"], "探すことばか --batch のどちらか"),
        (["search", "x", "--limit", "0"], "「limit」の値が使えません"),
        (["entries", "extra"], "指定を読み取れませんでした"),
        (["telegram"], "TELEGRAM_BOT_TOKEN が未設定です。"),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(bansou_: Any, arguments: list[str], said: str) -> None:
    printed = bansou_(*arguments)
    assert (printed.code, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert said in printed.err


def test_a_bad_setting_is_told_by_key_and_value(bansou_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANSOU_ALLOWED_USERS", "7,@tanaka")
    printed = bansou_("talk")
    assert printed.code == 2
    assert printed.err.startswith("設定 BANSOU_ALLOWED_USERS の値「@tanaka」は使えません。Telegram の利用者番号")


@pytest.mark.parametrize("arguments", [["--help"], ["talk", "--help"], ["run", "--help"]])
def test_help_is_one_page_with_every_command_and_setting(bansou_: Any, arguments: list[str]) -> None:
    printed = bansou_(*arguments)
    assert (printed.code, printed.err) == (0, "")
    assert [name for name in cli.commands.commands if name not in printed.out] == []
    assert "BANSOU_DB  記録のファイル（なければ ~/.local/share/bansou/bansou.db）" in printed.out


# --- talking ---


def test_a_database_that_cannot_be_opened_is_one_sentence(bansou_: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "no.db").write_text("no database, but longer than the header of one would be")
    for database in (tmp_path / "file" / "x.db", tmp_path / "no.db", tmp_path):
        printed = bansou_("talk", "--db", str(database))
        assert (printed.code, printed.out, printed.err) == (1, "", f"記録の場所を開けませんでした（{database}）。\n")


def test_nobody_is_talked_to_without_the_danger_table(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_copy(tmp_path, monkeypatch, "knowledge/danger.yaml", "patterns: [\n")
    printed = bansou_("talk", "--db", str(tmp_path / "x.db"))
    assert (printed.code, printed.out) == (1, "")
    assert "knowledge/danger.yaml:1" in printed.err
    assert "話を始められません。" in printed.err


def test_what_is_left_out_of_a_talk_is_said_in_one_line(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_copy(tmp_path, monkeypatch, "knowledge/kakuron/139.yaml", "id: [\n")
    monkeypatch.setattr("sys.stdin", StringIO())
    printed = bansou_("talk", "--db", str(tmp_path / "x.db"))
    assert (printed.code, printed.out, printed.err.count("\n")) == (0, "", 1)
    assert "bansou check" in printed.err


def test_telegram_gets_token_server_allow_list_and_webhook(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def run_telegram(turns: Any, *arguments: object, webhook: Webhook, sign: Any) -> int:
        sign()
        given.extend([turns.library.public, *arguments, webhook.url])
        return 0

    monkeypatch.setattr(telegram, "run_telegram", run_telegram)
    monkeypatch.setenv("BANSOU_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:1/")
    monkeypatch.setenv("BANSOU_ALLOWED_USERS", "7")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://bot.example.jp/hook")
    assert bansou_("telegram").code == 0
    assert given == [True, "1:a", "http://127.0.0.1:1", frozenset({7}), "https://bot.example.jp/hook"]


def test_a_second_bot_at_the_same_database_is_told_and_leaves(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANSOU_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    with only_one(tmp_path / "x.db"):
        printed = bansou_("telegram")
    assert (printed.code, printed.out, printed.err.count("\n")) == (69, "", 1)
    assert f"プロセス {os.getpid()}" in printed.err
    assert not (tmp_path / "x.db").exists()


def test_the_doctor_s_exit_code_is_the_command_s(bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANSOU_DB", str(tmp_path / "x.db"))
    printed = bansou_("doctor")
    assert (printed.code, printed.err) == (1, "")
    assert "× TELEGRAM_BOT_TOKEN が未設定です" in printed.out
    assert bansou_("doctor", "--alive").code == 1
    with only_one(tmp_path / "x.db"):
        assert bansou_("doctor", "--alive").code == 0


def test_a_place_that_cannot_be_locked_is_one_sentence(
    bansou_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BANSOU_DB", str(tmp_path / "file" / "x.db"))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    printed = bansou_("telegram")
    assert (printed.code, printed.out, printed.err.count("\n")) == (1, "", 1)


def test_the_module_is_the_command_and_without_arguments_it_talks(tmp_path: Path) -> None:
    done = bansou(given="メニュー\n".encode(), BANSOU_DB=str(tmp_path / "x.db"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "今日は、何から始めましょうか。" in done.stdout.decode()
    assert (tmp_path / "x.db.key").exists()


def test_a_reader_that_goes_away_is_no_error_on_the_screen() -> None:
    command = [sys.executable, "-m", "bot", "entries", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(30)
