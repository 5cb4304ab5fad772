"""What the site's own search reads: names first, then a sentence a page, then the words of whole pages in pieces.

Gets the pages, their text and the report, gives small JSON files that a browser needs no library for. Names are found
by parts of them, text by pairs of characters, so that nothing depends on how a dictionary cuts Chinese into words.
"""

from build_scripts.search.entries import Entry, entries, written_by_hand
from build_scripts.search.files import search_files

__all__ = ["Entry", "entries", "search_files", "written_by_hand"]
