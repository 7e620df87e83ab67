"""Several people at the same moment: real connections, real commits."""

import threading
import time

from django.db import OperationalError, connection


def together(*acts):
    """Run all acts at the same moment, each on a connection of its own; give results and failures."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            results.append(until_unlocked(act))
        except Exception as failure:  # noqa: BLE001  whatever happened is what the test looks at
            results.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def until_unlocked(act):
    """Try again where SQLite's shared memory, in which tests run, turns a second writer away instead of waiting."""
    while True:
        try:
            return act()
        except OperationalError as error:
            if " is locked" not in str(error):
                raise
            time.sleep(0.01)
