"""What another process compiles while the data are read is what the run asks for later."""

from pathlib import Path

import pytest
from mkdocs.config import load_config

from build_scripts import charts, render
from build_scripts.charts import form
from build_scripts.core.compiled import Compiled
from build_scripts.core.crew import Crew
from build_scripts.site import theme_frame
from build_scripts.site.theme_frame import OURS, begin_frame


class Here(Crew):
    """A crew whose jobs are done at once, in this process."""

    def __init__(self):
        super().__init__(1)
        self.asked = 0

    def share(self, work, jobs, *_batch):
        self.asked += 1
        return [work([job]) for job in jobs]


@pytest.mark.parametrize(
    ("begin", "kind"),
    [(charts.begin_forms, "forms"), (render.begin_templates, "templates"), (begin_frame, "theme")],
)
def test_it_is_kept_where_the_run_looks_and_made_once(tmp_path, monkeypatch, begin, kind):
    monkeypatch.setattr(form, "_COMPILED", {})
    crew = Here()
    begin(tmp_path, crew)
    assert crew.asked == 1
    assert len(list((tmp_path / kind).iterdir())) >= 9
    begin(tmp_path, crew)
    assert crew.asked == 1


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
