"""Tables as files. Gets a `Table`, gives bytes; one module a format, no format knows another."""

from build_scripts.exports.formats.delimited import csv_excel, csv_plain
from build_scripts.exports.formats.json_text import forget_lines, json_answer, json_lines, json_table, to_json
from build_scripts.exports.formats.parquet import parquet
from build_scripts.exports.formats.sqlite import sqlite
from build_scripts.exports.formats.workbook import workbook
from build_scripts.exports.formats.zipped import zipped

__all__ = [
    "csv_excel",
    "csv_plain",
    "forget_lines",
    "json_answer",
    "json_lines",
    "json_table",
    "parquet",
    "sqlite",
    "to_json",
    "workbook",
    "zipped",
]
