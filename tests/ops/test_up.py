"""The web server as `wendu up` starts it."""

from wendu.ops.up import web_command


def test_a_killed_server_worker_comes_back():
    assert "--respawn-failed-workers" in web_command("127.0.0.1", 8000, 2)
