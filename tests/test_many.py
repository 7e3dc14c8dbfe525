"""Many reports at a time: in order, in bounded memory, and none lost because of another."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

import gxparse
from gxparse import GxparseError, NotAReportError, Report, SourceError, api, parse_many
from gxparse.many import told
from gxparse.processes import cores, outcomes

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXTS = sorted(EXAMPLES.glob("*.txt"))
LETTER = "各位领导：\n你们好。\n".encode()


class Lazy(Executor):
    """Does its work when it is asked for the result, and counts what it has not been asked for."""

    def __init__(self):
        self.submitted = 0
        self.cancelled = 0

    def submit(self, function, /, *arguments):
        self.submitted += 1
        executor = self

        class Later(Future):
            def result(self, timeout=None):
                return function(*arguments)

            def cancel(self):
                executor.cancelled += 1
                return True

        return Later()


def killed(number: int) -> int:
    """A number, but for 5 the end of its process."""
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 10


def raising(number: int) -> int:
    if number == 2:
        raise MemoryError("none left")
    return number


class TestSources:
    @pytest.mark.parametrize("times", [1, 3])
    def test_each_comes_with_its_report_in_order(self, times):
        sources = [*TEXTS, TEXTS[0].read_bytes(), str(TEXTS[1])] * times
        found = list(parse_many(sources))
        assert [source for source, _ in found] == sources
        assert [report for _, report in found] == [gxparse.parse(source) for source in sources]

    @pytest.mark.parametrize("times", [1, 3])
    def test_what_is_wrong_stands_in_place_of_the_report(self, times):
        sources = [TEXTS[0], EXAMPLES / "none.txt", LETTER, b"\xff\xfe\x00", TEXTS[1]] * times
        kinds = [type(outcome) for _, outcome in parse_many(sources)]
        assert kinds[:3] == [Report, SourceError, NotAReportError]
        assert issubclass(kinds[3], GxparseError)
        assert kinds == kinds[:5] * times

    @pytest.mark.parametrize("times", [1, 10])
    def test_open_files_are_read(self, times):
        sources = [io.BytesIO(TEXTS[0].read_bytes()) for _ in range(times)] + [io.StringIO("text"), None]
        found = list(parse_many(sources))
        assert all(given is source for given, (source, _) in zip(sources, found, strict=True))
        assert [type(outcome) for _, outcome in found] == [Report] * times + [SourceError] * 2

    def test_no_source_no_report(self):
        assert list(parse_many([])) == []

    @pytest.mark.parametrize("window", [0, -1])
    def test_a_window_of_none_is_refused(self, window):
        with pytest.raises(GxparseError, match="1 at least"):
            next(parse_many(TEXTS, window=window))


class TestWindow:
    def test_no_more_is_taken_than_the_window(self):
        taken = 0

        def sources():
            nonlocal taken
            for _ in count():
                taken += 1
                yield LETTER

        executor = Lazy()
        many = parse_many(sources(), executor, window=5)
        assert (taken, executor.submitted) == (0, 0)
        next(many)
        assert (taken, executor.submitted) == (5, 5)
        next(many)
        assert (taken, executor.submitted) == (6, 6)
        many.close()
        assert executor.cancelled == 4

    def test_a_given_executor_is_not_shut_down(self):
        with ThreadPoolExecutor(2) as threads:
            assert len(list(parse_many(TEXTS, threads))) == len(TEXTS)
            assert threads.submit(int).result() == 0

    def test_one_that_was_shut_down_takes_no_work(self):
        threads = ThreadPoolExecutor(1)
        threads.shutdown()
        with pytest.raises(RuntimeError, match="shutdown"):
            list(parse_many(TEXTS, threads))

    def test_an_error_of_the_sources_is_theirs(self):
        def sources():
            yield from TEXTS
            raise KeyError("the list of the agencies")

        with ThreadPoolExecutor(2) as threads, pytest.raises(KeyError, match="agencies"):
            list(parse_many(sources(), threads))

    def test_pools_are_ended(self):
        before = threading.active_count()
        many = parse_many([LETTER] * 100)
        next(many)
        many.close()
        assert threading.active_count() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
class TestProcessesThatDie:
    @pytest.mark.parametrize("window", [1, 4, 30])
    def test_only_the_item_that_kills_is_lost(self, window):
        found = list(outcomes(killed, range(12), processes=2, window=window))
        assert [item for item, _ in found] == list(range(12))
        assert [number for number, outcome in found if isinstance(outcome, Exception)] == [5]
        assert [outcome for _, outcome in found if isinstance(outcome, int)] == [
            number * 10 for number in range(12) if number != 5
        ]

    def test_a_given_pool_that_breaks_is_replaced(self):
        with ProcessPoolExecutor(2) as pool:
            found = dict(outcomes(killed, range(12), pool, processes=2, window=4))
        assert [number for number, outcome in found.items() if isinstance(outcome, Exception)] == [5]

    def test_the_library_says_so(self):
        [(_, broken)] = outcomes(killed, [5], processes=1, window=1)
        assert isinstance(broken, Exception)
        assert isinstance(told(broken), SourceError)
        assert "died" in str(told(broken))

    def test_workers_end_with_a_parent_that_is_killed(self, tmp_path):
        code = (
            "import os, time, sys; from gxparse.processes import outcomes\n"
            "def note(number):\n"
            "    open(sys.argv[1] + f'/{os.getpid()}', 'w').close(); time.sleep(60)\n"
            "if __name__ == '__main__': list(outcomes(note, range(2), processes=2, window=2))\n"
        )
        script = tmp_path / "script.py"
        script.write_text(code)
        pids = tmp_path / "pids"
        pids.mkdir()
        parent = subprocess.Popen([sys.executable, script, pids])
        wait_for(lambda: len(list(pids.iterdir())) == 2)
        parent.kill()
        parent.wait()
        wait_for(lambda: not any(is_alive(int(each.name)) for each in pids.iterdir()))

    def test_nothing_is_waited_for_that_nobody_takes(self):
        many = outcomes(sleeping, [0, 3600, 3600], processes=2, window=3)
        assert next(many) == (0, 0)
        start = time.monotonic()
        many.close()
        assert time.monotonic() - start < 60

    @pytest.mark.parametrize("executor", [None, ProcessPoolExecutor])
    def test_processes_that_cannot_start_are_one_error(self, tmp_path, executor):
        """As in a script that starts processes whenever it is read."""
        script = tmp_path / "script.py"
        made = "None" if executor is None else "ProcessPoolExecutor(2)"
        script.write_text(
            "import multiprocessing, sys; from concurrent.futures import ProcessPoolExecutor; import gxparse\n"
            "multiprocessing.set_start_method('spawn', force=True)\n"
            f"try: list(gxparse.parse_many([b'letter'] * 20, {made}))\n"
            "except gxparse.GxparseError as error: print(error)\n"
        )
        done = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", check=False)
        assert done.stdout.count("Processes cannot be started") == 1


def sleeping(seconds: int) -> int:
    time.sleep(seconds)
    return seconds


def wait_for(condition) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_any_other_exception_is_the_outcome_of_its_item():
    found = dict(outcomes(raising, range(4), processes=2, window=2))
    assert [found[0], found[1], found[3]] == [0, 1, 3]
    assert isinstance(found[2], MemoryError)
    assert "MemoryError: none left" in str(told(found[2]))


def test_an_error_of_the_library_is_told_as_it_is():
    error = NotAReportError("a letter")
    assert told(error) is error


@pytest.mark.parametrize("error", [ModuleNotFoundError("no gxparse"), SyntaxError("half a file")])
def test_a_damaged_program_is_no_error_of_a_source(error, monkeypatch):
    def fail(_):
        raise error

    monkeypatch.setattr(api, "parse", fail)
    with pytest.raises(type(error), match=str(error)):
        list(parse_many(TEXTS[:2]))
    with ThreadPoolExecutor(1) as threads, pytest.raises(type(error), match=str(error)):
        list(parse_many(TEXTS[:2], threads))


def test_there_is_a_core():
    assert 1 <= cores() <= max(os.cpu_count() or 1, 1)


def test_a_cluster_reads():
    """Two processes of dask on loopback, each of which reads some."""
    distributed = pytest.importorskip("distributed", reason="dask is not installed: pip install 'dask[distributed]'")
    sources = [TEXTS[0], LETTER, *[TEXTS[1].read_bytes()] * 20, EXAMPLES / "none.txt"]
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(processes=True, **options) as cluster, distributed.Client(cluster) as client:
        workers = set(client.run(os.getpid).values())
        assert len(workers | {os.getpid()}) == 3
        found = list(parse_many(sources, client.get_executor(), window=8))
        # Each of them has read.
        assert set(client.run(eval, "'gxparse.parsing' in __import__('sys').modules").values()) == {True}
    assert [source for source, _ in found] == sources
    assert [type(outcome) for _, outcome in found] == [Report, NotAReportError, *[Report] * 20, SourceError]
    assert found[0][1] == gxparse.parse(TEXTS[0])
