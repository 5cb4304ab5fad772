"""A crew: jobs done by other processes while this one goes on, in order, whatever becomes of those processes."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from build_scripts.core.crew import Crew, may_copy
from build_scripts.core.stopwatch import part, watched


def square(jobs: list[int]) -> list[int]:
    return [job * job for job in jobs]


def place(jobs: list[int]) -> list[int]:
    time.sleep(0.05)
    return [os.getpid() for _ in jobs]


def fall(jobs: list[int]) -> list[int]:
    """Ends any other process but not the one that asked."""
    if os.getpid() != jobs[0]:
        os._exit(1)
    return [job + 1 for job in jobs]


def fail(jobs: list[int]) -> list[int]:
    raise ZeroDivisionError(jobs[0])


def busy(jobs: list[int]) -> list[int]:
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    return jobs


@pytest.fixture
def crew():
    with Crew(1) as team:
        yield team


def test_results_come_in_the_order_of_the_jobs(crew):
    assert crew.share(square, range(50), 3).results() == [number * number for number in range(50)]
    assert crew.share(square, [], 3).results() == []


def test_another_process_helps_and_this_one_takes_what_nobody_has_begun(crew):
    crew.share(place, [0], 1).results()
    first = crew.share(place, range(40), 2)
    found = first.results()
    assert len(set(found)) == 2
    assert os.getpid() in found


def test_few_jobs_and_a_crew_of_nobody_start_no_process(crew):
    assert set(crew.share(place, range(3), 1, alone=3).results()) == {os.getpid()}
    with Crew(0) as nobody:
        assert set(nobody.share(place, range(9), 1).results()) == {os.getpid()}


def test_jobs_of_a_process_that_died_are_done_here_and_the_next_are_shared_again(crew):
    jobs = [os.getpid()] * 30
    assert crew.share(fall, jobs, 1).results() == [job + 1 for job in jobs]
    assert crew.share(square, range(5), 1).results() == [0, 1, 4, 9, 16]


def test_what_a_job_raises_is_raised_here(crew):
    with pytest.raises(ZeroDivisionError):
        crew.share(fail, range(9), 1).results()


@pytest.mark.slow
def test_seconds_of_other_processes_are_counted_where_their_work_is_waited_for(crew):
    with watched() as watch, part("cards", 8):
        crew.share(busy, range(8), 1).results()
    cards = watch.parts["cards"]
    assert cards.done == 8
    assert cards.elsewhere >= 0.1
    assert cards.here + cards.elsewhere >= 0.75


def seldom(jobs: list[int]) -> list[bool]:
    time.sleep(0.01)
    return [os.getpid() != jobs[0] and gc.get_threshold()[0] > 10_000 for _ in jobs]


def test_helping_processes_collect_rarely(crew):
    assert any(crew.share(seldom, [os.getpid()] * 40, 1).results())


@pytest.mark.parametrize("alone", [0, 100])
def test_what_this_process_does_itself_it_may_do_otherwise(crew, alone):
    def here(jobs):
        return [job * job for job in jobs]

    assert crew.share(square, range(50), 3, alone=alone, here=here).results() == [each * each for each in range(50)]


def test_something_made_aside_is_there_when_it_is_asked_for(crew):
    made = crew.aside(lambda: (os.getpid(), "made"))
    assert made()[1] == "made"
    with Crew(0) as nobody:
        assert nobody.aside(os.getpid)() == os.getpid()


@pytest.mark.slow
def test_things_made_beside_are_given_in_order_and_whoever_asks_helps(crew):
    made = crew.beside([lambda number=number: (*square([number]), *place([0])) for number in range(30)])()
    assert [number for number, _ in made] == [number * number for number in range(30)]
    at_work = {process for _, process in made}
    assert os.getpid() in at_work
    assert (len(at_work) > 1) is may_copy()
    with Crew(0) as nobody:
        assert nobody.beside([os.getpid, os.getpid])() == [os.getpid()] * 2


def test_what_fails_aside_fails_where_it_is_asked_for(crew):
    made = crew.aside(lambda: fail([7]))
    with pytest.raises(ZeroDivisionError):
        made()


@pytest.fixture
def with_a_thread():
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.usefixtures("with_a_thread")
def test_a_process_with_threads_has_its_jobs_done_by_others_that_are_no_copies(crew):
    assert not may_copy()
    assert crew.share(square, range(50), 3).results() == [number * number for number in range(50)]
    assert crew.aside(os.getpid)() == os.getpid()
    assert crew.beside([os.getpid])() == [os.getpid()]
    jobs = [os.getpid()] * 30
    assert crew.share(fall, jobs, 1).results() == [job + 1 for job in jobs]
    with pytest.raises(ZeroDivisionError):
        crew.share(fail, range(9), 1).results()


ROOT = Path(__file__).parents[2]
ALONE = f"import sys; sys.path[:0] = [{str(ROOT)!r}]\n"
COPIED = """
import os, time
from build_scripts.core.crew import Crew
from build_scripts.core.stopwatch import part, watched
learnt, seen = ["before"], []
class Bars:
    def begun(self, part): seen.append(os.getpid())
    def moved(self, part): seen.append(os.getpid())
    def rest(self): learnt.append("rest")
    def go_on(self): learnt.remove("rest")
    ended = begun
def known(jobs):
    time.sleep(0.02)
    with part("inside"):
        return [(os.getpid(), tuple(learnt), tuple(seen)) for _ in jobs]
with Crew(1) as team, watched(Bars()):
    first = team.aside(lambda: known([0]))
    learnt.append("after")
    assert first()[0][1] == ("before", "rest")
    found = team.share(lambda jobs: known(jobs), range(40), 1).results()
    assert len({each[0] for each in found}) == 2
    assert {each[1] for each in found} == {("before", "after", "rest"), ("before", "after")}
    assert {pid for each in found for pid in each[2]} <= {os.getpid()}, "a copy shows no bars"
"""
UNREADABLE = """
import os
from build_scripts.core.crew import Crew
class OnlyHere:
    def __reduce__(self):
        return int, ("no number",)
def sends(jobs):
    return list(jobs) if os.getpid() == jobs[0] else [OnlyHere()]
with Crew(1) as team:
    assert team.share(sends, [os.getpid()], 1).collected() == [os.getpid()]
    assert team.share(list, range(5), 1).results() == [0, 1, 2, 3, 4]
"""
HELD = """
import os, sys, time
from build_scripts.core.crew import Crew
def where(jobs):
    time.sleep(0.1)
    return [os.getpid() for _ in jobs]
team = Crew(1)
row = team.share(where, range(900), 1)
print(*(pid for pid, _out in row._copies), flush=True)
time.sleep(60)
"""


NO_ROOM = """
import os
from build_scripts.core.crew import Crew
def refuse():
    raise BlockingIOError("no more processes")
def late(jobs):
    return [job + 1 for job in jobs]
fork, os.fork = os.fork, refuse
with Crew(1) as team:
    assert team.share(late, range(40), 3).results() == list(range(1, 41))
    assert team.aside(os.getpid)() == os.getpid()
os.fork = fork
with Crew(1) as team:
    row = team.share(late, range(40), 3)
assert row.results() == list(range(1, 41)), "asked for after the crew was let go"
"""
LET_GO = """
import os, time
from build_scripts.core.crew import Crew
def where(jobs):
    time.sleep(60)
with Crew(1) as team:
    row = team.share(where, range(900), 1)
    ((copy, _out),) = row._copies
    open_then = len(os.listdir("/proc/self/fd"))
assert len(os.listdir("/proc/self/fd")) == open_then - 2, "the row's pipe, and the file of its copy"
try:
    os.kill(copy, 0)
except ProcessLookupError:
    pass
else:
    raise AssertionError(copy)
"""
SENT = """
import os, signal, threading, time
from build_scripts.core.crew import Crew
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
with Crew(1) as team:
    assert team.share(list, range(4), 1).results() == [0, 1, 2, 3]
    helper = team._pool.submit(os.getpid).result()
"""
IDLE = """
    print(helper, flush=True)
    time.sleep(60)
"""
INTERRUPTED = """
    os.kill(helper, signal.SIGINT)
    assert team._pool.submit(os.getpid).result() == helper
"""


def running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are made on Linux only")
@pytest.mark.parametrize(
    "script",
    [COPIED, UNREADABLE, NO_ROOM, LET_GO],
    ids=["copies-know-what-is-known", "unreadable-is-made-here", "no-copy-all-is-done-here", "let-go-leaves-no-copy"],
)
def test_in_a_process_that_can_be_copied(script):
    subprocess.run([sys.executable, "-c", ALONE + script], check=True)


def left_behind(script: str, how: signal.Signals) -> bool:
    """Whether the process that a script names is still there some time after the script was ended so."""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    helper = int(parent.stdout.readline())
    assert running(helper)
    parent.send_signal(how)
    end = time.monotonic() + 10
    while running(helper) and time.monotonic() < end:
        time.sleep(0.02)
    alive = running(helper)
    if alive:
        os.kill(helper, signal.SIGKILL)
    parent.communicate()
    return alive


@pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are made on Linux only")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_copy_ends_with_its_parent_however_that_ends(how):
    assert not left_behind(ALONE + HELD, how)


@pytest.mark.skipif(sys.platform != "linux", reason="a process is told of its parent's end on Linux only")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_started_anew_ends_with_its_parent_however_that_ends(how):
    assert not left_behind(SENT + IDLE, how)


def test_a_process_started_anew_leaves_an_interruption_to_its_parent():
    done = subprocess.run([sys.executable, "-c", SENT + INTERRUPTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are made on Linux only")
def test_the_command_line_can_be_copied_when_it_begins_to_build():
    asked = "import build_scripts.cli.build; from build_scripts.core.crew import may_copy; assert may_copy()"
    subprocess.run([sys.executable, "-c", ALONE + asked], check=True)
