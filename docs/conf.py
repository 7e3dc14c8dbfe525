"""Configuration of the documentation; `make docs` builds it."""

import doctest
import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "gxparse"
author = "The gxparse developers"
copyright = author
version = release = version_of("gxparse")

extensions = [
    "correspondencetable",
    "datamodel",
    "indicatortable",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "gxparse"
html_static_path = ["_static"]
html_css_files = ["tables.css"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

# pytest runs the examples in docstrings, each in the names of its module; here only the pages' own are run.
doctest_default_flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
doctest_test_doctest_blocks = ""

# The inventories of other projects are not fetched, so what is theirs has no target.
_FOREIGN = (
    *("attrs", "collections", "concurrent", "datetime", "decimal", "fractions", "hypothesis", "matplotlib", "os"),
    *("pathlib", "pyarrow", "st", "typing"),
)
nitpick_ignore_regex = [(r"py:.*", rf"({'|'.join(_FOREIGN)})\..*"), (r"py:.*", r"gxparse\..*\._.*")]
