"""The job in pandas with xlsxwriter: python3 with_pandas.py FOLDER REPORT.xlsx [judge]."""
import sys
import time
from pathlib import Path

import pandas as pd

import facts

TIMES = ["paid", "ship_by", "shipped", "deliver_by", "up", "picked", "transit", "last", "delivered"]


def table(path, encoding, columns):
    wanted = {h: n for n, h in columns.items() if h}
    frame = pd.read_csv(path, encoding="utf-8-sig" if encoding == "utf8" else encoding, dtype=str, usecols=list(wanted), keep_default_na=False)
    frame = frame.rename(columns=wanted)
    for column in frame:
        frame[column] = frame[column].str.strip("\t ").replace({"-": None, "": None})
    return frame


def pacific(series, end_of_day):
    at = series + pd.Timedelta(seconds=86399 if end_of_day else 0)
    return at + pd.Timedelta(hours=16) - (series < facts.SUMMER_ENDS).astype(int) * pd.Timedelta(hours=1)


def judge(folder):
    now, found = pd.Timestamp(facts.AS_OF), []
    for market, x in facts.EXPORTS.items():
        orders = table(folder / x["file"], x["encoding"], {n: x[n] for n in ("order", "status", "paid", "ship_by", "shipped", "deliver_by")})
        orders = orders[orders["order"].notna()].drop_duplicates("order")
        tracks = table(folder / x["tracking"], "utf8", {n: x[n] for n in ("key", "up", "picked", "transit", "last", "delivered")}).drop_duplicates("key")
        frame = orders.merge(tracks, left_on="order", right_on="key", how="left")
        for name in TIMES:
            if name not in frame:
                frame[name] = pd.NaT
            else:
                day = market == "ebay" and name in ("paid", "ship_by", "shipped", "deliver_by")
                shape = "%b-%d-%y" if day else "%Y-%m-%d" if (market, name) == ("alibaba", "ship_by") else "%Y-%m-%d %H:%M:%S"
                frame[name] = pd.to_datetime(frame[name], format=shape, errors="coerce")
        if "status" not in frame:
            frame["status"] = ""
        if market == "ebay":
            frame = frame[frame["paid"].notna()].copy()
            for name in ("shipped", "delivered", "picked", "last"):
                frame[name] = pacific(frame[name], False)
        frame = frame[~frame["status"].isin(facts.ENDED)]
        for _, rule, start, hours, done in [d for d in facts.DEADLINES if d[0] == market]:
            due = pacific(frame[start], True) if hours == "days" else frame[start] + pd.Timedelta(hours=hours or 0)
            open_, state = frame[done].isna(), pd.Series(None, index=frame.index, dtype=object)
            state[open_ & (due <= now + pd.Timedelta(hours=facts.SOON.get(hours, 24)))] = "due soon"
            state[open_ & (due < now)] = "overdue"
            if not (done == "delivered" and hours == 48):
                state[~open_ & (frame[done] > due)] = "late"
            found.append(frame.assign(marketplace=market, rule=rule, due=due, state=state)[state.notna()])
    risks = pd.concat(found).sort_values(["state", "due"], ascending=[False, True])
    return risks.drop_duplicates(["marketplace", "order"])


def main():
    start = time.time()
    risks = judge(Path(sys.argv[1]))
    print(f"judge {time.time() - start:.3f} {len(risks)}")
    if len(sys.argv) < 4:
        risks["late by (h)"] = (pd.Timestamp(facts.AS_OF) - risks["due"]).dt.total_seconds() // 3600
        for at, name in enumerate(facts.WORDS):
            risks[name] = risks["rule"].map({rule: words[at] for rule, words in facts.SAYS.items()})
        late = risks["late by (h)"].astype(int).astype(str)
        risks["why"] = "Due " + risks["due"].dt.strftime("%b %d %H:%M") + " (" + risks["clock"] + "), late by " + late + " h"
        columns = ["marketplace", "order", "rule", "state", "due", "late by (h)", "status", "paid", "ship_by", "shipped", "picked", "transit", "last", "delivered", *facts.WORDS, "why"]
        with pd.ExcelWriter(sys.argv[2], engine="xlsxwriter") as writer:
            risks[columns].to_excel(writer, index=False)
    print(f"all {time.time() - start:.3f}")


main()
