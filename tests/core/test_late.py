"""Libraries that come when they are needed: not before, and as if they had been there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def in_a_process(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_building_brings_in_no_library_that_only_a_new_form_or_table_needs():
    asked = "assert not {'altair.vegalite', 'pyarrow', 'numpy', 'pandas', 'frictionless'} & set(sys.modules)"
    in_a_process(f"import sys, build_scripts.cli.build; {asked}")


def test_a_library_comes_with_the_first_attribute_and_is_the_same_for_all():
    in_a_process(
        "import sys; from build_scripts.core.late import late; late('wave'); import wave as one\n"
        "assert not vars(sys.modules['wave']).get('Wave_read')\n"
        "assert one.Wave_read; import wave as other; assert other is sys.modules['wave']\n"
        "assert other.Wave_read is one.Wave_read; assert type(other).__name__ == 'module'"
    )


def test_parts_of_a_late_library_can_be_imported():
    in_a_process(
        "import sys; from build_scripts.core.late import late; late('wsgiref'); import wsgiref.util\n"
        "from wsgiref import headers; assert wsgiref.util and headers.Headers"
    )


def test_a_library_that_is_there_stays_and_one_that_is_missing_says_so():
    in_a_process(
        "import json; from build_scripts.core.late import late; late('json')\n"
        "import json as again; assert again is json\n"
        "late('no_such_library'); import no_such_library\n"
        "try: no_such_library.anything\n"
        "except ModuleNotFoundError as failure: assert failure.name == 'no_such_library'\n"
        "else: raise AssertionError"
    )
