"""The job in DuckDB: python3 with_duckdb.py FOLDER REPORT.xlsx [judge]."""
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import xlsxwriter

import facts

TIMES = ["paid", "ship_by", "shipped", "deliver_by", "up", "picked", "transit", "last", "delivered"]


def read(path, columns):
    """A sub-select of the columns that matter, as text."""
    cells = ", ".join(f"""nullif(nullif(trim("{h}", chr(9) || ' '), '-'), '') AS {n}""" for n, h in columns.items() if h)
    return f"(SELECT {cells} FROM read_csv('{path}', all_varchar = true, header = true, quote = '\"', delim = ','))"


def moment(market, name):
    if market == "ebay" and name in ("paid", "ship_by", "shipped", "deliver_by"):
        return f"try_strptime({name}, '%b-%d-%y') AS {name}"
    if market == "alibaba" and name == "ship_by":
        return f"try_strptime({name}, '%Y-%m-%d') AS {name}"
    return f"try_strptime({name}, '%Y-%m-%d %H:%M:%S') AS {name}"


def pacific(column, end_of_day):
    at = column + (" + INTERVAL '86399 seconds'" if end_of_day else "")
    return f"(CASE WHEN {column} < TIMESTAMP '{facts.SUMMER_ENDS}' THEN {at} + INTERVAL 15 HOUR ELSE {at} + INTERVAL 16 HOUR END)"


def judge(folder, scratch):
    con = duckdb.connect()
    found = []
    for market, x in facts.EXPORTS.items():
        path = folder / x["file"]
        if x["encoding"] != "utf8":
            # Its own reader of other encodings is an extension to download; so the file becomes UTF-8 first.
            other = Path(scratch) / "utf8.csv"
            other.write_text(path.read_text("gb18030"), "utf8")
            path = other
        own = [n for n in ("paid", "ship_by", "shipped", "deliver_by") if x[n]]
        theirs = [n for n in ("up", "picked", "transit", "last", "delivered") if x[n]]
        orders = read(path, {n: x[n] for n in ["order", "status"] + own} | {"order_id": x["order"]})
        tracks = read(folder / x["tracking"], {"key": x["key"]} | {n: x[n] for n in theirs})
        status = "any_value(status)" if x["status"] else "''"
        firsts = ", ".join(f"first({n}) AS {n}" for n in own)
        cells = ", ".join([moment(market, n) if n in own + theirs else f"NULL::TIMESTAMP AS {n}" for n in TIMES])
        con.execute(f"""CREATE TABLE {market} AS SELECT order_id, status, {cells} FROM
            (SELECT order_id, {status} AS status, {firsts} FROM {orders.replace('AS order,', 'AS order_,')} WHERE order_id IS NOT NULL GROUP BY order_id) o
            LEFT JOIN (SELECT key, {', '.join(f'first({n}) AS {n}' for n in theirs)} FROM {tracks} GROUP BY key) t ON o.order_id = t.key""")
        if market == "ebay":
            con.execute("DELETE FROM ebay WHERE paid IS NULL")
            con.execute("UPDATE ebay SET " + ", ".join(f"{n} = {pacific(n, False)}" for n in ("shipped", "delivered", "picked", "last")))
        ended = ", ".join(f"'{word}'" for word in facts.ENDED)
        for _, rule, start, hours, done in [d for d in facts.DEADLINES if d[0] == market]:
            due = pacific(start, True) if hours == "days" else f"({start} + INTERVAL {hours or 0} HOUR)"
            soon = facts.SOON.get(hours, 24)
            late = "NULL" if done == "delivered" and hours == 48 else f"CASE WHEN {done} > due THEN 'late' END"
            now = f"TIMESTAMP '{facts.AS_OF}'"
            found.append(f"""SELECT '{market}' AS marketplace, order_id, '{rule}' AS rule, status, due, paid, ship_by, shipped, picked, transit, last, delivered,
                CASE WHEN {done} IS NOT NULL THEN {late} WHEN due < {now} THEN 'overdue' WHEN due <= {now} + INTERVAL {soon} HOUR THEN 'due soon' END AS state
                FROM (SELECT *, {due} AS due FROM {market}) WHERE coalesce(status, '') NOT IN ({ended})""")
    rows = con.execute(f"""SELECT marketplace, order_id, rule, state, due, date_diff('hour', due, TIMESTAMP '{facts.AS_OF}'), status, paid, ship_by, shipped,
        picked, transit, last, delivered FROM (SELECT *, row_number() OVER (PARTITION BY marketplace, order_id ORDER BY state DESC, due) AS nth
        FROM ({' UNION ALL '.join(found)}) WHERE state IS NOT NULL) WHERE nth = 1 ORDER BY state DESC, due""").fetchall()
    return rows


def write(rows, report):
    book = xlsxwriter.Workbook(report, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, facts.HEADINGS + facts.WORDS + ["why"])
    for at, row in enumerate(rows, 1):
        words = facts.SAYS[row[2]]
        why = f"Due {row[4]:%b %d %H:%M} ({words[1]}), late by {row[5]} h"
        for column, value in enumerate((*row, *words, why)):
            if value is not None:
                sheet.write(at, column, value)
    book.close()


def main():
    start = time.time()
    with tempfile.TemporaryDirectory() as scratch:
        rows = judge(Path(sys.argv[1]), scratch)
    print(f"judge {time.time() - start:.3f} {len(rows)}")
    if len(sys.argv) < 4:
        write(rows, sys.argv[2])
    print(f"all {time.time() - start:.3f}")


main()
