"""The contract of a search backend, as modelsearch itself tests it.

All its tests of a backend in general apply: And, Or, Not, Phrase, Boost, autocompletion, filters, related fields, order, facets,
slices, scores, adding, deleting, rebuilding. What does not apply: its tests of one backend in particular (test_postgres_backend,
test_sqlite_backend, test_mysql_backend, test_db_backend, test_elasticsearch*, test_opensearch*), which look at the tables and the
requests of that one, and test_index_functions, which tests the following of saves that the portal does not use. Wagtail's
packages bring no tests of search.
"""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

MODULES = ["tests.upstream.modelsearch_suite"]
MODULES += [f"modelsearch.tests.{name}" for name in ("test_queries", "test_indexed_class", "test_related_fields")]


def test_modelsearchs_own_tests_of_a_backend_pass_on_ours(tmp_path):
    command = [sys.executable, "-W", "ignore", "-m", "django", "test", *MODULES, "--settings=tests.upstream.modelsearch_settings"]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR)}
    run = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-5000:]
    there = Path(find_spec("modelsearch").origin).parent / "tests" / "test_backends.py"
    of_any_backend = there.read_text().split("class TestBackendLoader")[0].count("    def test_")
    assert int(re.search(r"Ran (\d+) tests", run.stderr)[1]) > of_any_backend > 100
    assert "skipped" not in run.stderr
