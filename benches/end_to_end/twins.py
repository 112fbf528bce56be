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


def folder(source, target, shared=False):
    """Twins of all exports in a folder."""
    for export in sorted(source.rglob("*.csv")):
        twin(export, (target / export.relative_to(source)).with_suffix(".xlsx"), shared)


def wide(source, target, rows, columns):
    """One export of JD with so many rows and columns, its orders told apart by number."""
    target.parent.mkdir(parents=True, exist_ok=True)
    headings, *orders = csv.reader(next(source.glob("jd/1*.csv")).read_text("gb18030").splitlines(keepends=True))
    more = columns - len(headings)
    with target.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(headings + [f"备用{n}" for n in range(1, more + 1)])
        for row in range(rows):
            cells = list(orders[row % len(orders)])
            cells[headings.index("订单号")] = str(412_600_000_000 + row)
            table.writerow(cells + [f"样例{row % (n + 7)}" for n in range(more)])


def main():
    folder(Path(sys.argv[1]), Path(sys.argv[2]), "--shared" in sys.argv)


if __name__ == "__main__":
    main()
