"""`jobs list`, `jobs pause`, `jobs resume`, `jobs cancel`, and `jobs work` with a role that does not see the jobs."""

from __future__ import annotations

import json
from typing import Any

from tests.support.app import make_app
from tests.support.counting import KIND, Counting


def run(counting: Counting, *words: str) -> tuple[int, str]:
    found = counting.app.test_cli_runner().invoke(args=["jobs", *words])
    return found.exit_code, found.output


def listed(counting: Counting, job_id: str) -> dict[str, Any]:
    code, out = run(counting, "list", "--json")
    (found,) = (job for job in json.loads(out)["jobs"] if job["id"] == job_id)
    assert code == 0
    return dict(found)


def test_a_job_is_listed_paused_resumed_and_cancelled(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    assert listed(counting, job.id) | {"created_at": ""} == {
        "id": job.id, "kind": KIND, "subject_id": job.subject_id, "organisation_id": job.org_id, "state": "QUEUED", "wanted": "RUN", "done": 0,
        "total": None, "error_code": None, "attempt": 0, "created_at": "", "started_at": None, "heartbeat_at": None, "finished_at": None,
    }  # fmt: skip
    for word, state in (("pause", "PAUSED"), ("resume", "QUEUED"), ("cancel", "CANCELLED")):
        assert run(counting, word, job.id) == (0, f"{state}\n")
        assert listed(counting, job.id)["state"] == state
    code, out = run(counting, "resume", job.id)
    assert code == 1 and "not now: the job is CANCELLED" in out
    assert run(counting, "cancel", "nothing")[0] == 1
    assert f"{job.id} {KIND}" in run(counting, "list")[1]


def test_a_worker_that_does_not_see_all_jobs_says_so_and_ends(on_postgres: Counting, tmp_path: Any) -> None:
    app = make_app(tmp_path, on_postgres.env["KOTO_DATABASE_URL"])
    found = app.test_cli_runner().invoke(args=["jobs", "work"])
    assert found.exit_code == 1 and "KOTO_OWNER_DATABASE_URL" in found.output
