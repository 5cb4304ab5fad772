"""What another process compiles while the data are read is what the run asks for later."""

import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from packages import ROOT

from build_scripts.core.compiled import Compiled
from build_scripts.site import theme_frame
from build_scripts.site.theme_frame import OURS

# A crew whose jobs are done at once; in a process of its own, where nothing has been compiled yet.
BEGUN_TWICE = """
import sys
from pathlib import Path
from build_scripts.core.crew import Crew
from {module} import {begin}

class Here(Crew):
    asked = 0

    def share(self, work, jobs, *_batch):
        self.asked += 1
        return [work([job]) for job in jobs]

crew, folder = Here(1), Path(sys.argv[1])
{begin}(folder, crew)
assert crew.asked == 1
assert len(list((folder / {kind!r}).iterdir())) >= 9
{begin}(folder, crew)
assert crew.asked == 1
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "begin", "kind"),
    [
        ("build_scripts.charts", "begin_forms", "forms"),
        ("build_scripts.render", "begin_templates", "templates"),
        ("build_scripts.site.theme_frame", "begin_frame", "theme"),
    ],
)
def test_it_is_kept_where_the_run_looks_and_made_once(tmp_path, module, begin, kind):
    code = BEGUN_TWICE.format(module=module, begin=begin, kind=kind)
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True)


def test_the_frame_of_a_site_is_among_what_was_compiled(tmp_path, monkeypatch):
    theme_frame._compiled_into(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "docs").mkdir()
    way = Path(OURS).parent / ".." / "build_scripts" / "theme"
    (tmp_path / "site" / "mkdocs.yml").write_text(f"site_name: x\ntheme: {{name: material, custom_dir: {way}}}\n")
    theme = load_config(str(tmp_path / "site" / "mkdocs.yml")).theme.get_env()
    theme.bytecode_cache = Compiled(tmp_path, theme_frame.KIND)
    monkeypatch.setattr("jinja2.Environment._generate", lambda *_: pytest.fail("compiled again"))
    for name in ("base.html", "partials/header.html", "partials/footer.html"):
        theme.get_template(name)
