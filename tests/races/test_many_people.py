"""Many people at once, and a server that is killed among them: what was acknowledged is stored."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

from tests.person import HTMX, Person, at_once

GUESTS = 20
ANSWERS_EACH = 5


def measured(server):
    """A guest begins and answers; returns her sitting and what the server said it had taken."""
    guest, statuses = Person(server), []
    attempt = guest.begin()
    form = guest.question(attempt)
    for _ in range(ANSWERS_EACH):
        reply = guest.post(form.action, form.answers()[0], **HTMX)
        statuses.append(reply.status)
        form = type(form)(reply.text)
    return attempt, statuses


def test_twenty_guests_measure_at_once_and_nothing_is_lost(server):
    for attempt, statuses in at_once([lambda: measured(server)] * GUESTS):
        assert statuses == [200] * ANSWERS_EACH
        assert server.answered(attempt) == list(range(1, ANSWERS_EACH + 1))
        assert server.pending(attempt) == [ANSWERS_EACH + 1]


def test_an_acknowledged_answer_survives_the_death_of_the_server(server):
    guests = [Person(server) for _ in range(4)]
    sittings = [(guest, guest.begin()) for guest in guests]
    with ThreadPoolExecutor(len(guests)) as threads:
        running = [threads.submit(answer_until_death, *sitting) for sitting in sittings]
        while sum(len(server.answered(attempt)) for _, attempt in sittings) < 2 * len(guests):
            time.sleep(0.02)
        server.kill()
        acknowledged = [done.result() for done in running]
    assert sum(map(len, acknowledged)) > 0
    server.start()
    for (guest, attempt), positions in zip(sittings, acknowledged, strict=True):
        stored = server.answered(attempt)
        assert set(positions) <= set(stored), "an answer was called saved and is gone"
        assert stored == list(range(1, len(stored) + 1)) and len(stored) - len(positions) <= 1
        form = guest.question(attempt)
        assert form.action == f"/attempts/{attempt}/answers/{len(stored) + 1}/"
        assert guest.post(form.action, form.answers()[0]).status == 302


def answer_until_death(guest, attempt):
    """Answer question after question; returns the positions the server acknowledged."""
    positions = []
    try:
        while True:
            form = guest.question(attempt)
            position = int(form.action.rstrip("/").rsplit("/", 1)[1])
            if guest.post(form.action, form.answers()[0]).status != 302:
                return positions
            positions.append(position)
    except (OSError, http.client.HTTPException):  # the server is gone
        return positions
