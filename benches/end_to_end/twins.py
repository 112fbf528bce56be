"""Workbooks with the rows of made exports: python3 twins.py FOLDER TWINS [--shared].

Every .csv becomes an .xlsx of the same name in the same folder, every cell a text as it stands there without the TABs that only a CSV needs. Cells hold
their own text, as the writers of large exports make them; with `--shared` texts stand in a table of their own."""
import csv
import sys
from pathlib import Path

import xlsxwriter

csv.field_size_limit(1 << 24)


def twin(source, target, shared):
    target.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(target), {} if shared else {"constant_memory": True})
    sheet = book.add_worksheet()
    raw = source.read_bytes()
    text = raw.decode("utf-8-sig" if is_utf8(raw) else "gb18030")
    for at, row in enumerate(csv.reader(text.splitlines(keepends=True))):
        for column, value in enumerate(row):
            value = value.strip("\t")
            if value:
                sheet.write_string(at, column, value)
    book.close()


def is_utf8(raw):
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def main():
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    for source in sorted(folder.rglob("*.csv")):
        twin(source, (target / source.relative_to(folder)).with_suffix(".xlsx"), "--shared" in sys.argv)


if __name__ == "__main__":
    main()
