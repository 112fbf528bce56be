"""The job in polars: python3 with_polars.py FOLDER REPORT.xlsx [judge]. `judge` leaves the report out."""
import sys
import time
from datetime import timedelta
from pathlib import Path

import polars as pl

import facts

TIMES = ["paid", "ship_by", "shipped", "deliver_by", "up", "picked", "transit", "last", "delivered"]


def table(path, encoding, columns, skip=False):
    """Only the columns that matter, as text."""
    wanted = {name: heading for name, heading in columns.items() if heading}
    if encoding == "utf8":
        frame = pl.scan_csv(path, infer_schema=False).select(**{n: pl.col(h) for n, h in wanted.items()}).collect()
    else:
        frame = pl.read_csv(path, encoding=encoding, infer_schema=False, columns=list(wanted.values()))
        frame = frame.select(**{n: pl.col(h) for n, h in wanted.items()})
    return frame.with_columns(pl.all().str.strip_chars("\t ")).with_columns(
        pl.when(pl.all() == "-").then(None).otherwise(pl.all()).name.keep())


def moments(frame, market):
    out = []
    for name in [n for n in TIMES if n in frame.columns]:
        text = pl.col(name)
        if market == "ebay" and name in ("paid", "ship_by", "shipped", "deliver_by"):
            out.append(text.str.to_datetime("%b-%d-%y", strict=False))
        elif market == "alibaba" and name == "ship_by":
            out.append(text.str.to_datetime("%Y-%m-%d", strict=False))
        else:
            out.append(text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False))
    return frame.with_columns(out)


def pacific(column, end_of_day):
    """A Pacific local time in Shanghai's."""
    at = pl.col(column) + (timedelta(hours=23, minutes=59, seconds=59) if end_of_day else timedelta())
    summer = pl.col(column) < facts.SUMMER_ENDS
    return pl.when(summer).then(at + timedelta(hours=15)).otherwise(at + timedelta(hours=16))


def judge(folder):
    found = []
    for market, x in facts.EXPORTS.items():
        orders = table(folder / x["file"], x["encoding"], {n: x[n] for n in ("order", "status", "paid", "ship_by", "shipped", "deliver_by")})
        orders = orders.filter(pl.col("order").is_not_null()).unique("order", keep="first", maintain_order=True)
        tracks = table(folder / x["tracking"], "utf8", {n: x[n] for n in ("key", "up", "picked", "transit", "last", "delivered")})
        tracks = tracks.unique("key", keep="first")
        frame = moments(orders.join(tracks, left_on="order", right_on="key", how="left"), market)
        for name in TIMES + ["status"]:
            if name not in frame.columns:
                frame = frame.with_columns(pl.lit(None, pl.String if name == "status" else pl.Datetime("us")).alias(name))
        if market == "ebay":
            frame = frame.filter(pl.col("paid").is_not_null()).with_columns(
                pacific("shipped", False), pacific("delivered", False), pacific("picked", False), pacific("last", False))
        frame = frame.filter(~pl.col("status").fill_null("").is_in(facts.ENDED))
        for _, rule, start, hours, done in [d for d in facts.DEADLINES if d[0] == market]:
            due = pacific(start, True) if hours == "days" else pl.col(start) + timedelta(hours=hours or 0)
            soon = timedelta(hours=facts.SOON.get(hours, 24))
            late = pl.when(pl.col(done).is_not_null()).then(pl.col(done) > due).otherwise(None)
            state = (pl.when(late).then(pl.lit("late")).when(pl.col(done).is_not_null()).then(None)
                     .when(due < facts.AS_OF).then(pl.lit("overdue")).when(due <= facts.AS_OF + soon).then(pl.lit("due soon")))
            if done == "delivered" and hours == 48:
                state = pl.when(pl.col(done).is_not_null()).then(None).otherwise(state)
            found.append(frame.with_columns(pl.lit(market).alias("marketplace"), pl.lit(rule).alias("rule"), due.alias("due"), state.alias("state"))
                         .filter(pl.col("state").is_not_null()))
    columns = ["marketplace", "order", "rule", "state", "due", "status"] + [t for t in TIMES if t not in ("deliver_by", "up")]
    return pl.concat([f.select(columns) for f in found]).sort("state", "due", descending=[True, False])


def main():
    folder, report = Path(sys.argv[1]), sys.argv[2]
    start = time.time()
    risks = judge(folder)
    first = risks.unique("order", keep="first", maintain_order=True)
    print(f"judge {time.time() - start:.3f} {len(first)}")
    if len(sys.argv) < 4:
        late = (pl.lit(facts.AS_OF) - pl.col("due")).dt.total_hours()
        said = [pl.col("rule").replace_strict({rule: words[at] for rule, words in facts.SAYS.items()}).alias(name)
                for at, name in enumerate(facts.WORDS)]
        why = pl.format("Due {} ({}), late by {} h", pl.col("due").dt.strftime("%b %d %H:%M"), pl.col("clock"), pl.col("late by (h)"))
        first.with_columns(late.alias("late by (h)"), *said).with_columns(why.alias("why")).write_excel(report)
    print(f"all {time.time() - start:.3f}")


main()
