#!/usr/bin/env python3
"""Makes every file of samples/, and with them tests/twins, tests/casebook and tests/expected.

    python3 samples/make.py            (needs Python 3.9 or later, openpyxl and, on Windows, tzdata)

Everything is invented. The same script gives the same bytes: no clock, no chance, fixed times inside the workbooks.

Each order stands here once, with what it shows and the states we expect: they were worked out by hand from the rule
catalogue. Only the due instants are computed. `expect` checks that an open state fits the distance to its due instant,
so that a slip of the pen does not become an expectation.
"""
import csv
import hashlib
import io
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook

SAMPLES = Path(__file__).resolve().parent
TESTS = SAMPLES.parent / "tests"
SHANGHAI, PACIFIC = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
LONDON, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("Australia/Sydney")
UTC = ZoneInfo("UTC")
AS_OF = datetime(2026, 11, 9, 12, tzinfo=SHANGHAI)

# ---------------------------------------------------------------------------------------------------------------------
# Times


def full(text):
    """'11-06 09:12:31' -> '2026-11-06 09:12:31'; anything else stays."""
    return f"2026-{text}" if text and re.fullmatch(r"\d\d-\d\d( .+)?", text) else (text or "")


def at(text, zone=SHANGHAI):
    """The instant of '11-06 09:12:31', '11-06 09:12' or '11-06' (00:00:00)."""
    text = full(text)
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).replace(tzinfo=zone)
        except ValueError:
            pass
    raise ValueError(text)


def later(instant, **span):
    """Adds real time: over the end of summer time a day has 25 hours."""
    return (instant.astimezone(UTC) + timedelta(**span)).astimezone(instant.tzinfo)


def end_of_day(text, zone):
    """A date without a time is a deadline at 23:59:59 of that day."""
    return at(text[:5] if re.match(r"\d\d-\d\d", text) else text, zone).replace(hour=23, minute=59, second=59)


# ---------------------------------------------------------------------------------------------------------------------
# What we expect

EXPECTED = []           # (marketplace, order id, sub-order id, rule, state, due, note)
WITH_CARDS = []         # the same for the JD orders that the cards sheet touches
TABLES = {}             # file below samples/ -> [(order id, shows, [(sub, rule, state, due)])]
IN_DAYS = {"ALI001", "EBY001", "EBY002"}


def check_open(rule, state, due):
    left = due - AS_OF
    urgent, warning = (24, 72) if rule in IN_DAYS else (12, 24)
    if left < timedelta(0):
        want = "overdue"
    elif left <= timedelta(hours=urgent):
        want = "urgent"
    else:
        want = "warning" if left <= timedelta(hours=warning) else "on_track"
    assert state == want, (rule, state, want, due)


def expect(marketplace, file, order_id, shows, findings):
    """findings: (rule, state, due or None[, sub-order id])."""
    rows = []
    for rule, state, due, *sub in findings:
        if state in ("overdue", "urgent", "warning", "on_track"):
            check_open(rule, state, due)
        rows.append((sub[0] if sub else "", rule, state, due))
        EXPECTED.append((marketplace, order_id, sub[0] if sub else "", rule, state, due, shows))
    TABLES.setdefault(file, []).append((order_id, shows, rows))


def note(file, order_id, shows):
    """A row that gives no finding of its own."""
    TABLES.setdefault(file, []).append((order_id, shows, []))


# ---------------------------------------------------------------------------------------------------------------------
# Writing


def csv_text(rows, delimiter=",", newline="\r\n", quote=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quote).writerows(rows)
    return out.getvalue()


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def grid(headings, records, fill=""):
    """Rows in heading order from dicts; a heading that no column has is a mistake."""
    for record in records:
        unknown = set(record) - set(headings)
        assert not unknown, unknown
    return [[str(record.get(h, fill)) for h in headings] for record in records]


def write_xlsx(path, rows, sheet, times=(), numbers=(), number_rows=()):
    """A workbook of text cells; columns in `times` become real date cells where they can, those in `numbers` numbers in some rows."""
    book = Workbook()
    book.properties.creator = "samples"
    page = book.active
    page.title = sheet
    head = next(i for i, row in enumerate(rows) if sum(1 for c in row if c) > 3)
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            value = value.strip("\t")
            if value == "":
                continue
            name = rows[head][c - 1].strip() if c <= len(rows[head]) else ""
            cell = page.cell(r, c)
            if r > head + 1 and name in times:
                try:
                    cell.value = datetime.strptime(value, "%Y-%m-%d %H:%M:%S")
                    cell.number_format = "yyyy-mm-dd hh:mm:ss"
                    continue
                except ValueError:
                    pass
            if r - 1 in number_rows and name in numbers:
                cell.value = float(value)
                continue
            cell.value = value
            cell.data_type = "s"
            cell.number_format = "@"
    raw = io.BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Fixed times, in the zip and in the properties: the same bytes every time.
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-09T04:00:00Z", data)
            info = zipfile.ZipInfo(name, (2026, 11, 9, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, data)


def md5(text):
    """Names that look like a platform's task hash."""
    return hashlib.md5(text.encode()).hexdigest()


GOODS = ["示例保温杯 500ml", "示例充电线 Type-C", "示例棉袜 5双装", "示例收纳盒 大号", "示例蓝牙耳机", "示例护眼台灯"]
NAMES = ["张*", "李*", "王*", "赵*", "陈*", "刘*", "周*"]
PLACES = [("广东省", "深圳市", "南山区"), ("浙江省", "杭州市", "余杭区"), ("四川省", "成都市", "武侯区"), ("湖北省", "武汉市", "洪山区"),
          ("山东省", "青岛市", "市南区"), ("上海市", "上海市", "闵行区"), ("河南省", "郑州市", "金水区")]
STREET = "样例街道样例路1号样例小区***"


def pick(things, n):
    return things[n % len(things)]


# ---------------------------------------------------------------------------------------------------------------------
# JD 京东

JD_2016 = ("订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,"
           "订单备注,发票类型,发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道").split(",")
JD_2018 = JD_2016 + ["送装服务", "服务费", "仓库id", "仓库名称", "普通发票纳税编号"]
# Positions 0 to 30 as known of 2019; what stands behind them is known by name only, the last two are a guess.
JD_2019 = (JD_2016[:21] + ["纳税人识别号", "名称（个人）", "单位地址", "单位电话", "开户银行", "银行账号", "商家备注", "商家备注等级", "运费金额", "付款确认时间",
                           "增值税发票", "货号", "订单完成时间", "订单来源", "订单渠道", "送装服务", "服务费", "仓库id", "仓库名称", "普通发票纳税编号",
                           "邮政编码", "邮箱地址", "商家SKUID", "是否为品牌商订单", "是否为toplife订单", "商家应收", "尾款支付时间"])
assert (len(JD_2016), len(JD_2018), len(JD_2019)) == (30, 35, 48)
JD_TRACK = ["平台", "订单号", "快递公司", "运单号", "运单上传时间", "揽收时间", "最新物流时间", "最新物流信息", "物流状态", "签收时间"]
jd_tracking = []


def jd_track(n, order_id, up, picked, last=None, signed=None, parcel=0):
    last = last or signed or (picked if re.match(r"\d\d-", picked or "") else up)
    state = "已签收" if signed else ("运输中" if picked else "待揽收")
    jd_tracking.append(["京东", order_id, "示例快递", f"JDX{7300000000 + n * 10 + parcel}", full(up), full(picked), full(last),
                        {"已签收": "您的快件已签收", "运输中": "快件已到达样例分拨中心", "待揽收": "商家已打印运单"}[state], state, full(signed)])


def jd_row(n, order_id, status, ordered, paid, pay="在线支付", kind="销售订单", **more):
    province, city, district = pick(PLACES, n)
    where = (city if province == city else province.rstrip("省") + city) + district
    row = {"订单号": order_id, "商品ID": 10026000000 + n % 6, "商品名称": pick(GOODS, n), "订购数量": 1, "支付方式": pay, "下单时间": full(ordered),
           "京东价": "59.00", "订单金额": "59.00", "结算金额": "59.00", "余额支付": "0.00", "应付金额": "59.00", "订单状态": status, "订单类型": kind,
           "下单帐号": f"jd_示例{n:03d}", "客户姓名": pick(NAMES, n), "客户地址": where + STREET, "联系电话": "138****0000", "发票类型": "电子发票",
           "发票抬头": "个人", "发票内容": "明细", "运费金额": "0.00", "付款确认时间": full(paid), "增值税发票": "", "货号": f"SL-{n % 6:02d}",
           "订单来源": "APP", "订单渠道": "京东"}
    row.update(more)
    return row


def jd_dues(start):
    return (later(start, hours=24), later(start, hours=48)) if start else (None, None)


def make_jd():
    main, file = [], "jd/1158620043.csv"

    def order(n, shows, paid, states, status="等待出库", ordered=None, up=None, picked=None, start="paid", track=True, last=None, signed=None, **more):
        """states: of JD001 and JD002. start: 'paid', 'ordered' or None where the clock has no readable start."""
        order_id = str(312600410000 + n)
        if ordered is None:
            ordered = (at(paid) - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M:%S") if start == "paid" and paid else "2026-11-07 08:00:00"
        main.append(jd_row(n, order_id, status, ordered, paid, **more))
        if up and track:
            jd_track(n, order_id, up, picked, last, signed)
        begin = {"paid": paid, "ordered": ordered, None: None}[start]
        first, second = jd_dues(at(begin) if begin else None)
        if states:
            expect("jd", file, order_id, shows, [("JD001", states[0], first), ("JD002", states[1], second)])
        else:
            note(file, order_id, shows)
        return order_id

    W, S, D = "等待出库", "等待确认收货", "完成"
    order(1, "in time", "11-06 09:12:31", ("met", "met"), S, up="11-06 17:40:05", picked="11-06 21:03:44", last="11-09 07:30:00")
    order(2, "both exactly on the deadline", "11-05 10:00:00", ("met", "met"), S, up="11-06 10:00:00", picked="11-07 10:00:00")
    order(3, "both late by one second", "11-05 10:00:00", ("late", "late"), S, up="11-06 10:00:01", picked="11-07 10:00:01")
    order(4, "waybill late by a minute, pickup in time", "11-04 14:20:00", ("late", "met"), D, up="11-05 14:21:00", picked="11-05 20:00:00",
          signed="11-08 10:11:12", 订单完成时间="2026-11-08 10:11:12")
    order(5, "late pickup", "11-03 08:00:00", ("met", "late"), S, up="11-03 15:00:00", picked="11-05 16:30:00")
    order(6, "no pickup trace yet, due today", "11-07 20:00:00", ("met", "urgent"), S, up="11-08 09:00:00")
    order(7, "no pickup trace yet, past due", "11-06 09:00:00", ("met", "overdue"), S, up="11-06 12:00:00")
    order(8, "not shipped, past 24 h; pickup still possible", "11-08 09:30:00", ("overdue", "warning"), W)
    order(9, "due at the very as-of; pickup in exactly 24 h", "11-08 12:00:00", ("urgent", "warning"), W)
    order(10, "due in 8 h", "11-08 20:00:00", ("urgent", "on_track"), W)
    order(11, "due in exactly 12 h", "11-09 00:00:00", ("urgent", "on_track"), W)
    order(12, "due in 12 h and a second", "11-09 00:00:01", ("warning", "on_track"), W)
    order(13, "fresh order", "11-09 11:50:00", ("warning", "on_track"), W)
    order(14, "unpaid", "", ("void", "void"), "等待付款", ordered="11-09 10:00:00", start=None)
    order(15, "payment not confirmed yet", "", ("void", "void"), "等待付款确认", ordered="11-09 09:00:00", start=None)
    order(16, "cancelled, time of cancelling unknown", "11-05 11:00:00", ("void", "void"), "已取消")
    order(17, "deleted before payment", "", ("void", "void"), "(删除)等待付款", ordered="11-07 19:00:00", start=None)
    order(18, "locked (refund asked): judged as 等待出库, with a note", "11-07 11:00:00", ("overdue", "overdue"), "(锁定)等待出库")
    order(19, "paused on its way: judged as shipped", "11-05 16:00:00", ("met", "met"), "(暂停)等待确认收货", up="11-05 18:30:00", picked="11-06 09:05:00")
    buyer = {"下单帐号": "jd_示例020", "客户姓名": "赵*", "客户地址": "四川成都市武侯区" + STREET}
    order(20, "split parent: no order itself, its parts are", "11-06 15:00:00", None, "(删除)等待出库",
          商家备注="订单拆分为 312600410021    312600410022", **buyer)
    order(21, "first part of the split order", "11-06 15:00:00", ("met", "met"), S, up="11-06 18:00:00", picked="11-06 22:10:00", **buyer)
    order(22, "second part of the split order, not shipped", "11-06 15:00:00", ("overdue", "overdue"), W, **buyer)
    order(23, "cash on delivery: the clock starts with the order", "", ("urgent", "on_track"), W, ordered="11-08 13:00:00", start="ordered", pay="货到付款")
    order(24, "cash on delivery, in time", "", ("met", "met"), S, ordered="11-06 08:00:00", start="ordered", pay="货到付款", up="11-06 19:00:00",
          picked="11-07 09:00:00")
    order(25, "presale: the clock starts with the balance, not the order", "11-01 00:12:45", ("met", "met"), D, ordered="10-24 20:05:00",
          kind="预售订单", up="11-01 18:00:00", picked="11-02 10:00:00", signed="11-05 12:00:00", 订单完成时间="2026-11-05 12:00:00")
    order(26, "presale, balance paid, not shipped", "11-08 22:10:00", ("urgent", "on_track"), W, ordered="10-25 09:00:00", kind="预售订单")
    order(27, "presale, balance unpaid", "", ("void", "void"), "等待付款", ordered="10-25 10:00:00", start=None, kind="预售订单")
    order(28, "paid time empty although the order waits to be shipped", "", ("unverifiable", "unverifiable"), W, start=None)
    order(29, "paid time unreadable", "2026-13-40", ("unverifiable", "unverifiable"), W, start=None)
    order(30, "done, but the tracking file has no row", "11-02 10:00:00", ("unverifiable", "unverifiable"), D, 订单完成时间="2026-11-06 10:00:00")
    two = order(31, "two goods, two rows, one order; address over two lines", "11-06 13:00:00", ("met", "met"), S, up="11-06 20:00:00",
                picked="11-07 08:00:00", 客户地址="广东深圳市南山区样例街道\r\n\t样例路1号样例小区***")
    main.append(jd_row(32, two, S, "2026-11-06 12:58:00", "11-06 13:00:00", 客户地址="广东深圳市南山区样例街道\r\n\t样例路1号样例小区***",
                       下单帐号=main[-1]["下单帐号"], 客户姓名=main[-1]["客户姓名"]))
    par = order(33, "two parcels: the second was picked up late", "11-04 10:00:00", ("met", "late"), S, up="11-04 15:00:00", picked="11-04 20:00:00")
    jd_track(33, par, "11-04 15:30:00", "11-06 10:30:00", parcel=1)
    par = order(34, "two parcels: one still waits for its pickup", "11-07 16:00:00", ("met", "urgent"), S, up="11-07 18:00:00", picked="11-08 09:00:00")
    jd_track(34, par, "11-07 18:05:00", None, parcel=1)
    order(35, "pickup later than the as-of: a data issue, not done", "11-08 09:00:00", ("met", "warning"), S, up="11-08 15:00:00", picked="11-09 13:30:00",
          last="11-08 15:00:00")
    order(36, "pickup cell unreadable", "11-05 09:00:00", ("met", "unverifiable"), S, up="11-05 15:00:00", picked="2026-13-40", last="11-06 08:00:00")
    order(37, "exchange began before the pickup fell due (JD205)", "11-06 11:00:00", ("met", "void"), S, up="11-06 16:00:00")
    order(38, "returned after it was late: the breach stays (JD205)", "11-01 09:00:00", ("late", "late"), D, up="11-02 11:00:00", picked="11-03 12:00:00",
          signed="11-05 09:00:00", 订单完成时间="2026-11-05 09:00:00")
    # Touched by the cards sheet of tests/casebook.
    order(41, "card accepted with a new date, see tests/casebook", "11-07 10:00:00", ("overdue", "overdue"), W)
    order(42, "card accepted with a new day, see tests/casebook", "11-07 21:00:00", ("overdue", "urgent"), W)
    order(43, "card accepted without a date", "11-07 09:00:00", ("overdue", "overdue"), W)
    order(44, "card rejected", "11-08 08:00:00", ("overdue", "warning"), W)
    order(45, "card without an answer for more than 48 h", "11-06 08:00:00", ("overdue", "overdue"), W)
    order(46, "card sent yesterday, not answered yet", "11-08 16:00:00", ("urgent", "on_track"), W)
    order(47, "late, but in time by the date the buyer accepted", "11-04 09:00:00", ("late", "late"), S, up="11-06 10:00:00", picked="11-07 08:00:00")
    order(48, "placed in the window of an advance filing, see tests/casebook", "11-07 03:20:00", ("overdue", "overdue"), W)
    order(49, "stock gone (presale), see tests/casebook", "11-08 18:00:00", ("urgent", "on_track"), W, ordered="10-26 12:00:00", kind="预售订单")
    jd_tracking.append(["京东", "312600419999", "示例快递", "JDX7399999999", "2026-11-06 10:00:00", "2026-11-06 18:00:00", "2026-11-07 09:00:00",
                        "快件已到达样例分拨中心", "运输中", ""])
    note("jd/tracking.csv", "312600419999", "a tracking row that joins no order")
    rows = [JD_2016] + grid(JD_2016, main)
    write(SAMPLES / file, csv_text(rows), "gbk")
    write_xlsx(TESTS / "twins/jd/1158620043.xlsx", rows, "订单列表", times=("下单时间", "付款确认时间", "订单完成时间"))
    write(SAMPLES / "jd/tracking.csv", csv_text([JD_TRACK] + jd_tracking), "utf-8-sig")


def make_jd_2019():
    """The wide layout, without any tracking file: what is shipped cannot be assessed."""
    file, records = "jd/1158733516.csv", []

    def order(n, shows, states, status, ordered, paid, start, **more):
        order_id = str(312600510000 + n)
        line = jd_row(n, order_id, status, ordered, paid, **more)
        line["商家备注等级"] = line.pop("商家备注等级（等级1-5为由高到低）", "")
        line.update({"京东价": "￥1,059.00", "订单金额": "￥1,059.00元", "应付金额": "￥1,059.00", "订购数量": "1件", "商家SKUID": f"SL-{n % 6:02d}",
                     "是否为品牌商订单": "否", "是否为toplife订单": "否", "商家应收": "￥1,059.00"})
        records.append(line)
        first, second = jd_dues(at(start) if start else None)
        expect("jd", file, order_id, shows, [("JD001", states[0], first), ("JD002", states[1], second)])

    W, S, D = "等待出库", "等待确认收货", "完成"
    order(1, "shipped, and no tracking file: a coverage gap", ("not_assessed", "not_assessed"), S, "11-06 10:00:00", "11-06 10:01:00", "11-06 10:01:00")
    order(2, "completed, and no tracking file", ("not_assessed", "not_assessed"), D, "11-01 10:00:00", "11-01 10:01:00", "11-01 10:01:00",
          订单完成时间="2026-11-05 10:00:00")
    order(3, "not shipped: judged all the same", ("urgent", "on_track"), W, "11-08 21:05:00", "2026/11/8 21:07", "11-08 21:07")
    order(4, "paid time without a time: 00:00:00 starts the clock", ("overdue", "urgent"), W, "11-08 09:00:00", "2026/11/8", "11-08")
    order(5, "presale: the balance starts the clock, not the deposit", ("urgent", "on_track"), W, "10-25 20:00:00", "10-25 20:01:00", "11-08 17:30:00",
          kind="预售订单", 尾款支付时间="2026-11-08 17:30:00")
    order(6, "cash on delivery, not shipped", ("overdue", "warning"), W, "11-08 10:30:00", "", "11-08 10:30:00", pay="货到付款")
    order(7, "row with fewer cells than the heading", ("warning", "on_track"), W, "11-09 10:30:00", "11-09 10:31:00", "11-09 10:31:00")
    order(8, "unpaid", ("void", "void"), "未付款", "11-09 11:00:00", "", None)
    rows = grid(JD_2019, records)
    rows[6] = rows[6][:36]
    write(SAMPLES / file, csv_text([JD_2019] + rows), "gbk")


def make_jd_week():
    """A store of its own: 40 orders whose pickup fell due in one week, 38 of them in time, exactly 95 %."""
    file, records, tracking = "jd/京选示例店_订单_1102-1108.csv", [], []
    first, last = at("10-31 00:00:00"), at("11-06 23:59:59")          # due on Monday 00:00:00 and on Sunday 23:59:59
    for n in range(40):
        paid = first + (last - first) * n // 39
        paid = paid.replace(microsecond=0)
        up, pick_up, state, shows = later(paid, hours=9), later(paid, hours=20), "met", "picked up in time"
        if n == 0:
            shows = "due in the first second of the week, in time"
        if n == 13:
            pick_up, state, shows = later(paid, hours=48, seconds=1), "late", "picked up late by one second"
        if n == 26:
            pick_up, state, shows = later(paid, hours=60), "late", "picked up late by 12 h"
        if n == 39:
            shows = "due in the last second of the week, in time"
        order_id, form = str(312600610001 + n), "%Y-%m-%d %H:%M:%S"
        line = jd_row(n, order_id, "等待确认收货" if n > 20 else "完成", (paid - timedelta(minutes=1)).strftime(form), paid.strftime(form), 店铺名称="京选示例店", 仓库id="6",
                      仓库名称="样例仓", 订单完成时间="" if n > 20 else later(paid, days=4).strftime(form))
        records.append(line)
        signed = "" if n > 20 else later(paid, days=4).strftime(form)
        tracking.append(["京东", "京选示例店", order_id, "示例快递", f"JDX{7400000000 + n}", up.strftime(form), pick_up.strftime(form),
                         signed or later(pick_up, hours=6).strftime(form), "已签收" if signed else "运输中", signed])
        due = jd_dues(paid)
        expect("jd", file, order_id, shows, [("JD001", "met", due[0]), ("JD002", state, due[1])])
    headings = JD_2018 + ["店铺名称"]
    write(SAMPLES / file, csv_text([headings] + grid(headings, records)), "gbk")
    write(SAMPLES / "jd/京选示例店_物流.csv", csv_text([["平台", "店铺名称", "订单号", "快递公司", "运单号", "运单上传时间", "揽收时间", "最新物流时间", "物流状态",
                                                 "签收时间"]] + tracking), "gbk")


def make_jd_after():
    headings = ["订单号", "售后单号", "售后类型", "出库状态", "售后申请时间", "退货发货时间", "退款金额", "售后状态"]
    rows = [["312600410037", "9260041037", "换货", "已出库", "2026-11-07 20:00:00", "2026-11-07 21:00:00", "0.00", "处理中"],
            ["312600410038", "9260041038", "退货退款", "已出库", "2026-11-06 10:00:00", "2026-11-06 15:00:00", "59.00", "已完成"],
            ["312600410018", "9260041018", "仅退款", "未出库", "2026-11-08 20:00:00", "", "59.00", "待商家处理"]]
    write(SAMPLES / "jd/售后单_20261109.csv", csv_text([headings] + rows), "gbk")


# ---------------------------------------------------------------------------------------------------------------------
# Pinduoduo 拼多多

PDD_2020 = ("商品,订单号,订单状态,商品总价(元),店铺优惠折扣(元),平台优惠折扣(元),邮费(元),上门安装费(元),送货入户费(元),送货入户并安装费(元),用户实付金额(元),商家实收金额(元),"
            "商品数量(件),身份证姓名,身份证号码,收货人,手机,是否审核中,省,市,区,街道,支付时间,拼单成功时间,订单确认时间,承诺发货时间,发货时间,确认收货时间,商品id,商品规格,"
            "用户购买手机号,样式ID,商家编码-SKU维度,商家编码-商品维度,快递单号,快递公司,海淘清关订单号,支付ID,支付方式,是否抽奖或0元试用,是否顺丰加价,商家备注,售后状态,"
            "买家留言,关联货品编码,货品名称,货品类型,子货品,仓库名称,仓库所在地址,是否门店自提,门店名称,门店自定义编码,旅行类信息,消费者资料").split(",")
PDD_2023 = ("商品,订单号,订单状态,商品数量(件),是否审核中,支付时间,承诺发货时间,承诺送达时间,发货时间,确认收货时间,商品id,商品规格,样式ID,商品一级类目,商品二级类目,"
            "商品三级类目,商品四级类目,商家编码-规格维度,商家编码-商品维度,商家备注,买家留言,售后状态,消费者资料,订单成交时间,消费者资料上传时间,赠品名称,赠品id,赠品规格,"
            "赠品数量,团ID,团身份,是否已开始配送,配送员是否已送达,配送状态,同城是否普通快递,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),"
            "上门安装费(元),送货入户费(元),送货入户并安装费(元),用户实付金额(元),商家实收金额(元),快递单号,快递公司,省,市,区,街道/镇,配送员手机号,是否抽奖或0元试用,"
            "是否顺丰加价,用户购买手机号,旅行类信息,充值号码,是否门店自提,门店名称,门店自定义编码,关联货品编码,货品名称,货品类型,子货品,仓库名称,仓库所在地址,"
            "海淘清关订单号,支付ID,支付方式,保税仓,是否直播间成交,是否直播间引导成交,预约配送时间,是否节能补贴,是否分期,分期期数,手续费承担方,是否无痕发货,订单来源,"
            "是否社区团购,小区送达情况,分期方式").split(",")
PDD_TIMES = {"支付时间", "拼单成功时间", "订单确认时间", "承诺发货时间", "发货时间", "确认收货时间", "承诺送达时间", "订单成交时间", "预约配送时间", "消费者资料上传时间"}
PDD_PLAIN = {"商品", "订单状态", "商品规格", "省", "市", "区", "街道", "街道/镇", "售后状态", "收货人", "买家留言", "快递公司", "仓库名称"}     # no TAB behind
assert (len(PDD_2020), len(PDD_2023)) == (55, 82)
# No 平台 column: these rows join by order id among the orders of the same folder.
PDD_TRACK = ["订单号", "快递公司", "快递单号", "揽收时间", "最新物流时间", "最新物流信息", "物流状态", "签收时间", "电子面单"]
pdd_tracking = []


def pdd_track(order_id, waybill, picked, last=None, signed=None, own="否"):
    state = "已签收" if signed else ("运输中" if picked else "待揽收")
    pdd_tracking.append([order_id, "示例速递", waybill, full(picked), full(last or signed or picked), "快件已到达样例集散中心" if picked else "",
                         state, full(signed), own])


def pdd_id(n, day):
    return f"{day}-{412008371500000 + n * 7:015d}"


def pdd_write(name, headings, records):
    """Cells end in a TAB; an empty time is a lone TAB."""
    rows = [headings]
    for row in grid(headings, records):
        rows.append([c if h in PDD_PLAIN else (c + "\t" if c or h in PDD_TIMES else "") for h, c in zip(headings, row)])
    write(SAMPLES / "pinduoduo" / name, csv_text(rows, newline="\n"), "utf-8-sig")
    return rows


def pdd_row(n, order_id, status, paid, promise, shipped, headings, **more):
    province, city, district = pick(PLACES, n)
    row = {"商品": pick(GOODS, n), "订单号": order_id, "订单状态": status, "商品总价(元)": "39.90", "店铺优惠折扣(元)": "0", "平台优惠折扣(元)": "0",
           "邮费(元)": "0", "用户实付金额(元)": "39.90", "商家实收金额(元)": "39.90", "商品数量(件)": 1, "是否审核中": "否", "省": province, "市": city,
           "区": district, "支付时间": full(paid), "承诺发货时间": full(promise), "发货时间": full(shipped), "商品id": 46100000000 + n % 6,
           "商品规格": "标准款", "样式ID": 118000000000 + n % 6, "商家编码-商品维度": f"SL-{n % 6:02d}", "支付方式": "微信", "售后状态": "无售后或售后取消"}
    if shipped is not None:
        row.update({"快递单号": f"SLX{88000000000 + n * 10}", "快递公司": "示例速递"})
    if headings is PDD_2020:
        row.update({"收货人": pick(NAMES, n), "手机": "138****0000", "街道": "样例街道", "拼单成功时间": full(paid), "订单确认时间": full(paid),
                    "商家编码-SKU维度": f"SL-{n % 6:02d}"})
    else:
        row.update({"街道/镇": "样例街道", "订单成交时间": full(paid), "商家编码-规格维度": f"SL-{n % 6:02d}", "是否直播间成交": "否", "订单来源": "普通订单"})
    row.update(more)
    return row


def make_pdd():
    file = f"pinduoduo/{md5('pdd main')}orders_export2026-11-09-11-40-06.csv"
    main = []

    def order(n, shows, paid, promise, states, status="待发货", shipped=None, picked=None, last=None, signed=None, own="否", track=True,
              due="promise", into=main, headings=PDD_2020, where=None, day=None, **more):
        """states: of PDD001, PDD002, PDD003 as far as they are raised (None: not raised). due: 'promise', 'paid', a time, or None."""
        order_id = pdd_id(n, day or (paid and f"26{full(paid)[5:7]}{full(paid)[8:10]}") or "261108")
        into.append(pdd_row(n, order_id, status, paid, promise, shipped, headings, **more))
        if shipped is not None and track:
            pdd_track(order_id, f"SLX{88000000000 + n * 10}", picked, last, signed, own)
        if due == "promise":
            first = at(promise)
        elif due == "paid":
            first = later(at(paid), hours=48)
        else:
            first = at(due) if due else None
        found = [("PDD001", states[0], first)]
        if len(states) > 1 and states[1]:
            readable = shipped and shipped != "2026-13-40"
            found.append(("PDD002", states[1], later(at(shipped), hours=24) if readable else None))
        if len(states) > 2 and states[2]:
            found.append(("PDD003", states[2], later(at(last), hours=48) if last and track else None))
        expect("pinduoduo", where or file, order_id, shows, found)
        return order_id

    T, S, R = "已发货，待签收", "已签收", "已发货，退款成功"
    order(1, "in time, on its way", "11-06 20:15:30", "11-08 20:15:30", ("met", "met", "on_track"), T, "11-07 10:02:11", "11-07 18:40:00", "11-09 08:10:00")
    order(2, "shipped and picked up exactly on the deadline", "11-04 09:00:00", "11-06 09:00:00", ("met", "met", "on_track"), T, "11-06 09:00:00",
          "11-07 09:00:00", "11-08 22:00:00")
    order(3, "shipped and picked up late by one second", "11-01 10:00:00", "11-03 10:00:00", ("late", "late"), S, "11-03 10:00:01", "11-04 10:00:02",
          signed="11-07 15:00:00", 确认收货时间="2026-11-07 15:00:00")
    order(4, "shipped late by a minute, cells without seconds", "11-02 08:30", "11-04 08:30", ("late", "met"), S, "11-04 08:31", "11-04 19:00:00",
          signed="11-07 11:00:00")
    order(5, "not shipped, past the promise", "11-06 22:00:00", "11-08 22:00:00", ("overdue",))
    order(6, "due at the very as-of", "11-07 12:00:00", "11-09 12:00:00", ("urgent",))
    order(7, "due in 6 h", "11-07 18:00:00", "11-09 18:00:00", ("urgent",))
    order(8, "due in exactly 24 h", "11-08 12:00:00", "11-10 12:00:00", ("warning",))
    order(9, "due in 24 h and a second", "11-08 12:00:01", "11-10 12:00:01", ("on_track",))
    order(10, "unpaid", "", "", ("void",), "待支付", due=None)
    order(11, "cancelled before payment", "", "", ("void",), "已取消", due=None, day="261106")
    order(12, "refunded before shipping, before the promise (after-sales file)", "11-06 08:00:00", "11-08 08:00:00", ("void",), "未发货，退款成功", 售后状态="退款成功")
    order(13, "refunded before shipping, after the promise: a closed breach", "11-04 08:00:00", "11-06 08:00:00", ("late",), "未发货，退款成功", 售后状态="退款成功")
    order(14, "refunded before shipping, time unknown", "11-03 08:00:00", "11-05 08:00:00", ("void",), "未发货，退款成功", 售后状态="退款成功")
    order(15, "cancelled and refunded, time unknown", "11-05 13:00:00", "11-07 13:00:00", ("void",), "已取消，退款成功", 售后状态="退款成功")
    order(16, "refunded after shipping: judged as shipped", "11-05 14:00:00", "11-07 14:00:00", ("met", "met", "on_track"), R, "11-06 09:00:00",
          "11-06 20:00:00", "11-08 14:30:00", 售后状态="退款成功")
    order(17, "refunded after signing: judged as signed", "10-30 14:00:00", "11-01 14:00:00", ("met", "met"), "已签收，退款成功", "10-31 09:00:00",
          "10-31 20:00:00", signed="11-03 10:00:00", 售后状态="退款成功")
    order(18, "refund asked, not granted: still due", "11-07 15:30:00", "11-09 15:30:00", ("urgent",), 售后状态="售后处理中")
    order(19, "no promise: paid + 48 h", "11-07 20:00:00", "", ("urgent",), due="paid")
    order(20, "shipped by its status, the shipping time is empty", "11-05 09:00:00", "11-07 09:00:00", ("unverifiable", "unverifiable", "on_track"), T, "",
          "11-07 09:00:00", "11-08 15:00:00")
    order(21, "shipping time unreadable", "11-05 10:00:00", "11-07 10:00:00", ("unverifiable", "unverifiable", "on_track"), T, "2026-13-40",
          "11-07 09:30:00", "11-08 16:00:00")
    order(22, "late pickup", "11-04 19:00:00", "11-06 19:00:00", ("met", "late", "on_track"), T, "11-05 18:00:00", "11-06 20:00:00", "11-08 21:00:00")
    order(23, "not picked up yet, due today", "11-07 21:00:00", "11-09 21:00:00", ("met", "urgent"), T, "11-08 17:00:00")
    order(24, "not picked up, past 24 h", "11-05 21:00:00", "11-07 21:00:00", ("met", "overdue"), T, "11-07 16:00:00")
    order(25, "stalled: last trace more than 48 h ago", "11-03 10:00:00", "11-05 10:00:00", ("met", "met", "overdue"), T, "11-04 09:00:00",
          "11-04 18:00:00", "11-06 15:00:00")
    order(26, "last trace exactly 48 h ago", "11-04 10:00:00", "11-06 10:00:00", ("met", "met", "urgent"), T, "11-05 09:00:00", "11-05 18:00:00", "11-07 12:00:00")
    order(27, "last trace 30 h ago", "11-05 10:30:00", "11-07 10:30:00", ("met", "met", "warning"), T, "11-06 09:00:00", "11-06 18:00:00", "11-08 06:00:00")
    two = order(28, "two parcels, the second picked up late, both delivered", "11-01 09:00:00", "11-03 09:00:00", ("met", "late"), S, "11-02 10:00:00",
                "11-02 18:00:00", signed="11-05 10:00:00")
    pdd_track(two, "SLX88000000281", "11-03 11:00:00", signed="11-06 12:00:00")
    order(29, "own electronic waybill: pickup waived though late (PDD102)", "11-03 12:00:00", "11-05 12:00:00", ("met", "waived"), S, "11-04 09:00:00",
          "11-05 13:00:00", signed="11-08 09:00:00", own="是")
    order(30, "own electronic waybill: picked up in time, then stalled: both waived", "11-03 15:00:00", "11-05 15:00:00", ("met", "waived", "waived"), T,
          "11-04 12:00:00", "11-04 20:00:00", "11-06 09:00:00", own="是")
    order(31, "shipped, but the tracking file has no row", "11-05 16:00:00", "11-07 16:00:00", ("met", "unverifiable", "unverifiable"), T, "11-06 15:00:00", track=False)
    order(32, "address in two provinces (PDD204); message over two lines", "11-08 09:00:00", "11-10 09:00:00", ("warning",), 省="云南省", 市="昆明市",
          区="盘龙区", 街道="拉萨市城关区样例路", 买家留言="地址没错\n可以中转")
    order(33, "re-saved by hand: 2026/11/7 9:05", "2026/11/7 9:05", "2026/11/9 9:05", ("overdue",), due="11-09 09:05", day="261107")
    order(34, "three pieces in one row", "11-08 15:00:00", "11-10 15:00:00", ("on_track",), **{"商品数量(件)": 3})
    same = order(35, "also in the older export, equal: counted once", "11-06 07:00:00", "11-08 07:00:00", ("met", "met", "on_track"), T, "11-06 19:00:00",
                 "11-07 09:00:00", "11-08 20:00:00")
    changed = order(36, "also in the older export, not shipped there: the newer export wins", "11-06 10:00:00", "11-08 10:00:00", ("met", "met", "on_track"), T,
                    "11-08 09:20:00", "11-08 20:00:00", "11-09 07:00:00")
    order(37, "delivered, all in time", "10-31 10:00:00", "11-02 10:00:00", ("met", "met"), S, "11-01 09:00:00", "11-01 18:00:00", signed="11-04 11:00:00",
          确认收货时间="2026-11-04 11:00:00")
    rows = pdd_write(file.split("/")[1], PDD_2020, main)
    write_xlsx(TESTS / "twins" / file.replace(".csv", ".xlsx"), rows, "Sheet1", times=PDD_TIMES)
    # An older export: one order equal, one since shipped, one that stands here only.
    older = f"pinduoduo/{md5('pdd older')}orders_export2026-11-08-10-09-23.csv"
    again = {line["订单号"]: line for line in main}
    before = dict(again[changed], 订单状态="待发货", 发货时间="", 快递单号="", 快递公司="")
    only = []
    order(38, "in the older export only", "11-07 16:00:00", "11-09 16:00:00", ("urgent",), into=only, where=older)
    pdd_write(older.split("/")[1], PDD_2020, [again[same], before] + only)
    note(older, same, "the same order again, equal: merged (GEN001)")
    note(older, changed, "the same order again, as it was a day before: the newer export wins (GEN001)")

    # The 2023 headings.
    newer, wide = f"pinduoduo/{md5('pdd 2023')}orders_export2026-11-09-11-52-30.csv", []

    def order_2023(*things, **more):
        return order(*things, into=wide, headings=PDD_2023, where=newer, **more)

    order_2023(51, "in time, on its way", "11-06 21:00:00", "11-08 21:00:00", ("met", "met", "on_track"), "已发货，待收货", "11-07 11:00:00", "11-07 19:00:00",
               "11-09 09:00:00", 承诺送达时间="2026-11-12 23:59:59")
    order_2023(52, "received, in time", "11-01 21:00:00", "11-03 21:00:00", ("met", "met"), "已收货", "11-02 11:00:00", "11-02 19:00:00",
               signed="11-05 19:00:00", 确认收货时间="2026-11-05 20:00:00")
    order_2023(53, "refunded after it was received: judged as signed", "10-28 21:00:00", "10-30 21:00:00", ("late", "met"), "已收货，退款成功", "10-30 22:00:00",
               "10-31 09:00:00", signed="11-02 19:00:00", 售后状态="退款成功")
    order_2023(54, "not shipped, past the promise", "11-06 23:30:00", "11-08 23:30:00", ("overdue",))
    order_2023(55, "a promise of 24 h", "11-09 09:00:00", "11-10 09:00:00", ("warning",))
    order_2023(56, "unpaid", "", "", ("void",), "待付款", due=None)
    order_2023(57, "live-stream order, due in two days", "11-09 10:00:00", "11-11 10:00:00", ("on_track",), 是否直播间成交="是")
    order_2023(58, "not picked up, past 24 h", "11-05 22:00:00", "11-07 22:00:00", ("met", "overdue"), "已发货，待收货", "11-07 12:00:00")
    rows = pdd_write(newer.split("/")[1], PDD_2023, wide)
    write_xlsx(TESTS / "twins" / newer.replace(".csv", ".xlsx"), rows, "Sheet1", times=PDD_TIMES)

    pdd_track("261106-999999999999999", "SLX88999999999", "11-07 09:00:00", "11-08 09:00:00")
    note("pinduoduo/tracking.csv", "261106-999999999999999", "a tracking row that joins no order")
    write(SAMPLES / "pinduoduo/tracking.csv", csv_text([PDD_TRACK] + pdd_tracking, newline="\n"), "utf-8-sig")

    after = ["售后编号", "订单编号", "售后状态", "订单状态", "售后类型", "退款金额", "申请时间", "退款时间", "退货运单号", "退货物流状态", "快递拦截状态"]
    cases = [["84100000012", pdd_id(12, "261106"), "退款成功", "未发货，退款成功", "仅退款", "39.90", "2026-11-07 09:00:00", "2026-11-07 10:00:00", "", "", ""],
             ["84100000013", pdd_id(13, "261104"), "退款成功", "未发货，退款成功", "仅退款", "39.90", "2026-11-06 09:00:00", "2026-11-06 11:00:00", "", "", ""],
             ["84100000016", pdd_id(16, "261105"), "退款成功", "已发货，退款成功", "仅退款", "39.90", "2026-11-08 09:00:00", "2026-11-08 10:00:00", "", "", "拦截中"],
             ["84100000017", pdd_id(17, "261030"), "退款成功", "已签收，退款成功", "退货退款", "39.90", "2026-11-04 09:00:00", "2026-11-08 10:00:00", "SLX99000000017", "已签收", ""],
             ["84100000018", pdd_id(18, "261107"), "售后处理中", "待发货", "仅退款", "39.90", "2026-11-08 20:00:00", "\t", "", "", ""]]
    write(SAMPLES / "pinduoduo/售后列表_20261109.csv", csv_text([after] + cases, newline="\n"), "utf-8-sig")


# ---------------------------------------------------------------------------------------------------------------------
# Douyin 抖店

DY_74 = ("主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,平台优惠,商家优惠,达人优惠,商家改价,支付优惠,红包抵扣,支付方式,"
         "手续费,收件人,收件人手机号,省,市,区,街道,详细地址,是否修改过地址,地址修改时段,买家留言,订单提交时间,旗帜颜色,商家备注,订单完成时间,支付完成时间,APP渠道,流量来源,"
         "订单状态,承诺发货时间,订单类型,鲁班落地页ID,达人ID,达人昵称,所属门店ID,售后状态,取消原因,预约发货时间,仓库ID,仓库名称,序列号,是否安心购,广告渠道,流量类型,流量体裁,"
         "流量渠道,发货主体,发货主体明细,发货时间,降价类优惠,平台实际承担优惠金额,商家实际承担优惠金额,达人实际承担优惠金额,预计送达时间,是否平台仓自流转,车型,商品69码,"
         "发货SN码,发货IMEI码1,发货IMEI码2,预约送达时间,建议发货时间（起）,建议发货时间（止）,物流SN码,物流IMEI码1,物流IMEI码2").split(",")
DY_75 = ("主订单编号,子订单编号,支付方式,选购商品,货号,商品ID,商家编码,商品数量,商品金额,订单提交时间,支付完成时间,订单完成时间,承诺发货时间,预约发货时间,买家留言,旗帜颜色,商家备注,"
         "APP渠道,订单状态,取消原因,售后状态,订单类型,发货时间,车型,是否是以旧换新,换新额外补贴,换新额外补贴发放状态,订单应付金额,运费,优惠总金额,平台优惠,商家优惠,达人优惠,"
         "商家改价,支付优惠,手续费,红包抵扣,降价类优惠,平台实际承担优惠金额,商家实际承担优惠金额,达人实际承担优惠金额,收件人,收件人手机号,省,市,区,街道,详细地址,"
         "是否修改过地址,快递信息,序列号,达人ID,达人昵称,拼团订单团编号,商品单价是否含税,税费,鲁班落地页ID,所属门店ID,流量来源,仓库ID,仓库名称,是否安心购,广告渠道,流量类型,"
         "流量体裁,流量渠道,发货主体,发货主体明细,教育优惠,预计送达时间,是否平台仓自流转,是否是渠道商品,预约送达时间,建议发货时间（起）,建议发货时间（止）").split(",")
DY_AFTER = ("售后单号,订单号,商品单号,商品名称,商品ID,应付金额（元）,商品运费（元）,支付优惠（元）,商品税费（元）,商品发货状态,售后类型,退商品金额（元）,退运费金额（元）,退支付优惠（元）,"
            "退税费金额（元）,售后状态,售后申请时间,退款方式,是否已上传退款凭证,售后原因,售后原因标签,退货物流单号,退货异常,退货发货时间,退货物流公司,自动处理截止时间,"
            "同意售后申请时间,商家退款时间,用户到账时间,售后关闭时间,商家退货地址,商家退货联系人姓名,商家退货联系人电话,仲裁状态,纠纷责任方,是否极速退款,是否拒签后退款,"
            "发货物流单号,发货物流状态,换货物流单号,退货物流状态,售后完结时间,订单备注,用户售后说明,售后备注,操作人,协商记录,换货商品信息,商家编码,门店名称").split(",")
assert (len(DY_74), len(DY_75), len(DY_AFTER)) == (74, 75, 50)
DY_TAB = {"主订单编号", "子订单编号", "选购商品", "商品规格", "商品ID", "商家编码", "快递信息", "货号", "售后单号", "订单号", "商品单号"}      # a TAB in front
DY_TRACK = ["平台", "主订单编号", "子订单编号", "快递公司", "运单号", "揽收时间", "首次中转时间", "最新物流时间", "最新物流信息", "包裹状态", "签收时间"]
dy_tracking = []


def dy_id(n):
    return f"69526100483927{n:05d}"


def dy_sub(n):
    return f"69526100483989{n:05d}"


def dy_track(n, order_id, sub, picked, transit, last=None, signed=None, parcel=0):
    state = "已签收" if signed else ("运输中" if picked else "待揽收")
    dy_tracking.append(["抖店", order_id, sub, "样例快运", f"YL{5500000000 + n * 10 + parcel}", full(picked), full(transit),
                        full(last or signed or picked), "快件已到达样例转运中心" if picked else "", state, full(signed)])


def dy_file(hour_minute):
    """Named by the moment of the export in Unix seconds."""
    return f"{int(at('11-09 ' + hour_minute).timestamp())}_{md5('dy' + hour_minute)}.csv"


def dy_row(n, order_id, sub, status, paid, promise, shipped, after="-", **more):
    province, city, district = pick(PLACES, n)
    row = {"主订单编号": order_id, "子订单编号": sub, "选购商品": pick(GOODS, n), "商品规格": "标准款", "商品数量": 1, "商品ID": 37210000000000000 + n % 6,
           "商家编码": f"SL-{n % 6:02d}", "商品单价": "49.90", "订单应付金额": "49.90", "运费": "0.00", "优惠总金额": "0.00", "平台优惠": "0.00", "商家优惠": "0.00",
           "支付方式": "微信支付" if paid else "-", "收件人": pick(NAMES, n), "收件人手机号": "138****0000", "省": province, "市": city, "区": district,
           "街道": "样例街道", "详细地址": "样例路1号样例小区***", "是否修改过地址": "否", "订单提交时间": full(paid or "11-09 08:00:00"), "支付完成时间": full(paid) or "-",
           "APP渠道": "抖音", "流量来源": "商品卡", "订单状态": status, "承诺发货时间": full(promise) or "-", "订单类型": "普通订单", "售后状态": after,
           "发货时间": full(shipped) or "-", "是否安心购": "否", "旗帜颜色": "灰"}
    row.update(more)
    return row


def dy_rows(headings, records):
    return [headings] + [[("\t" + c if h in DY_TAB and c != "-" else c) for h, c in zip(headings, row)] for row in grid(headings, records, "-")]


def dy_findings(states, promise, shipped, picked, last, sub=""):
    """The findings of one line: states of DY001 to DY004 as far as they are raised."""
    dues = [at(promise) if promise else None,
            later(at(shipped), hours=24) if shipped and shipped != "2026-13-40" else None,
            later(at(picked), hours=24) if picked else None,
            later(at(last), hours=48) if last else None]
    return [(f"DY00{i + 1}", state, dues[i], sub) for i, state in enumerate(states) if state]


def make_douyin():
    name = dy_file("11:35:00")
    file, main, after = f"douyin/{name}", [], []

    def order(n, shows, paid, promise, states, status="待发货", shipped="", picked="", transit="", last="", signed="", track=True, due=None, **more):
        order_id = dy_id(n)
        main.append(dy_row(n, order_id, order_id, status, paid, promise, shipped, **more))
        if status in ("已发货", "已完成") and track or picked:
            dy_track(n, order_id, order_id, picked, transit, last, signed)
        expect("douyin", file, order_id, shows, dy_findings(states, due or promise, shipped, picked, last if not signed else ""))
        return order_id

    def refund(n, order_id, sub, state, asked, kind="仅退款(未发货)", sent="未发货", **times):
        after.append({"售后单号": f"1430026104839{n:05d}", "订单号": order_id, "商品单号": sub, "商品名称": pick(GOODS, n), "商品ID": 37210000000000000 + n % 6,
                      "应付金额（元）": "49.90", "商品发货状态": sent, "售后类型": kind, "退商品金额（元）": "49.90", "售后状态": state, "售后申请时间": full(asked),
                      "退款方式": "原路退回", "售后原因": "不想要了", **{k: full(v) for k, v in times.items()}})

    W, S, D, C = "待发货", "已发货", "已完成", "已关闭"
    order(1, "in time at every step, on its way", "11-06 20:00:00", "11-08 20:00:00", ("met", "met", "met", "on_track"), S, "11-06 21:30:00",
          "11-07 09:10:00", "11-07 22:00:00", "11-09 06:00:00")
    order(2, "every step exactly on its deadline", "11-03 10:00:00", "11-05 10:00:00", ("met", "met", "met", "on_track"), S, "11-05 10:00:00",
          "11-06 10:00:00", "11-07 10:00:00", "11-08 23:00:00")
    order(3, "every step late by one second", "11-01 10:00:00", "11-03 10:00:00", ("late", "late", "late"), D, "11-03 10:00:01", "11-04 10:00:02",
          "11-05 10:00:03", signed="11-07 16:00:00", 订单完成时间="2026-11-07 16:00:00")
    order(4, "not shipped, past the promise", "11-06 23:00:00", "11-08 23:00:00", ("overdue",))
    order(5, "due in 9 h", "11-07 21:00:00", "11-09 21:00:00", ("urgent",))
    order(6, "due in 22 h", "11-08 10:00:00", "11-10 10:00:00", ("warning",))
    order(7, "due in 47 h", "11-09 11:00:00", "11-11 11:00:00", ("on_track",))
    order(8, "due at the very as-of", "11-07 12:00:00", "11-09 12:00:00", ("urgent",))
    order(9, "unpaid", "", "", ("void",), "待支付")
    order(10, "closed without payment", "", "", ("void",), C, 取消原因="超时未支付")
    a = order(11, "refunded before shipping, before the promise", "11-05 09:00:00", "11-07 09:00:00", ("void",), C, after="退款成功", 取消原因="多拍/拍错")
    refund(11, a, a, "同意退款，退款成功", "11-06 10:00:00", 同意售后申请时间="11-06 12:00:00", 商家退款时间="11-06 12:00:01", 用户到账时间="11-06 12:05:00",
           售后完结时间="11-06 12:00:01")
    a = order(12, "refunded before shipping, after the promise: a closed breach", "11-04 09:00:00", "11-06 09:00:00", ("late",), C, after="退款成功", 取消原因="未按约定时间发货")
    refund(12, a, a, "同意退款，退款成功", "11-06 15:00:00", 同意售后申请时间="11-06 18:00:00", 商家退款时间="11-06 18:00:01", 用户到账时间="11-06 18:03:00",
           售后完结时间="11-06 18:00:01")
    order(13, "closed before shipping, time unknown", "11-03 09:00:00", "11-05 09:00:00", ("void",), C, after="退款成功", 取消原因="不想要了")
    a = order(14, "returned and refunded after signing: judged as shipped", "10-29 10:00:00", "10-31 10:00:00", ("met", "met", "met"), C, "10-30 09:00:00",
              "10-30 20:00:00", "10-31 04:00:00", signed="11-02 12:00:00", after="退货成功")
    refund(14, a, a, "同意退款，退款成功", "11-03 09:00:00", "退货退款", "已发货", 同意售后申请时间="11-03 10:00:00", 退货物流单号="YLR5500000001", 退货物流公司="样例快运",
           退货发货时间="11-03 16:00:00", 商家退款时间="11-06 11:00:00", 用户到账时间="11-06 11:05:00", 售后完结时间="11-06 11:00:00")
    a = order(15, "售后关闭 is no refund: the order stays due", "11-06 16:00:00", "11-08 16:00:00", ("overdue",), after="售后关闭")
    refund(15, a, a, "售后关闭", "11-07 09:00:00", 售后关闭时间="11-07 12:00:00", 售后完结时间="11-07 12:00:00")
    a = order(16, "refund asked and not handled: DY005 due at 18:00", "11-07 19:00:00", "11-09 19:00:00", ("urgent",), after="售后待处理")
    refund(16, a, a, "售后待处理", "11-08 18:00:00", 自动处理截止时间="11-09 18:00:00")
    order(17, "a later booked day (预约发货时间) counts", "11-06 10:00:00", "11-08 10:00:00", ("on_track",), due="11-12 10:00:00", 预约发货时间="2026-11-12 10:00:00")
    order(18, "no promise: paid + 48 h", "11-08 08:00:00", "", ("warning",), due="11-10 08:00:00")
    order(19, "shipped by its status, the shipping time is empty", "11-05 10:00:00", "11-07 10:00:00", ("unverifiable", "unverifiable", "met", "on_track"), S, "",
          "11-07 08:00:00", "11-07 20:00:00", "11-08 20:00:00")
    order(20, "shipping time unreadable", "11-05 11:00:00", "11-07 11:00:00", ("unverifiable", "unverifiable", "met", "on_track"), S, "2026-13-40",
          "11-07 09:00:00", "11-07 21:00:00", "11-08 21:00:00")
    order(21, "late pickup", "11-04 12:00:00", "11-06 12:00:00", ("met", "late", "met", "on_track"), S, "11-05 15:00:00", "11-06 18:00:00", "11-07 02:00:00", "11-09 01:00:00")
    order(22, "not picked up yet, due today", "11-07 15:00:00", "11-09 15:00:00", ("met", "urgent"), S, "11-08 19:00:00")
    order(23, "not picked up, past 24 h", "11-06 15:00:00", "11-08 15:00:00", ("met", "overdue"), S, "11-07 20:00:00")
    order(24, "picked up, no transit trace yet, due today", "11-07 14:00:00", "11-09 14:00:00", ("met", "met", "urgent", "on_track"), S, "11-08 09:00:00",
          "11-08 18:00:00", "", "11-08 18:00:00")
    order(25, "picked up, no transit trace, past 24 h", "11-06 14:00:00", "11-08 14:00:00", ("met", "met", "overdue", "urgent"), S, "11-07 09:00:00",
          "11-07 20:00:00", "", "11-07 20:00:00")
    order(26, "stalled: last trace more than 48 h ago", "11-04 15:00:00", "11-06 15:00:00", ("met", "met", "met", "overdue"), S, "11-05 09:00:00",
          "11-05 18:00:00", "11-06 03:00:00", "11-06 15:00:00")
    order(27, "last trace 30 h ago", "11-05 15:00:00", "11-07 15:00:00", ("met", "met", "met", "warning"), S, "11-06 09:00:00", "11-06 18:00:00",
          "11-07 03:00:00", "11-08 06:00:00")
    order(28, "delivered, all in time: nothing left of DY004", "11-01 15:00:00", "11-03 15:00:00", ("met", "met", "met"), D, "11-02 09:00:00", "11-02 18:00:00",
          "11-03 02:00:00", signed="11-05 15:00:00", 订单完成时间="2026-11-05 15:00:00")
    # Two sub-orders with equal times: judged as one.
    m = dy_id(29)
    for s in (290, 291):
        main.append(dy_row(29, m, dy_sub(s), S, "11-06 09:00:00", "11-08 09:00:00", "11-07 09:00:00", 选购商品=pick(GOODS, s)))
    dy_track(29, m, "", "11-07 18:00:00", "11-08 02:00:00", "11-08 22:00:00")
    expect("douyin", file, m, "two sub-orders with equal times: one finding a rule",
           dy_findings(("met", "met", "met", "on_track"), "11-08 09:00:00", "11-07 09:00:00", "11-07 18:00:00", "11-08 22:00:00"))
    # Two sub-orders, one shipped: judged line by line.
    m = dy_id(30)
    main.append(dy_row(30, m, dy_sub(300), S, "11-06 11:00:00", "11-08 11:00:00", "11-07 10:00:00"))
    main.append(dy_row(30, m, dy_sub(301), W, "11-06 11:00:00", "11-08 11:00:00", "", 选购商品=pick(GOODS, 1)))
    dy_track(30, m, dy_sub(300), "11-07 19:00:00", "11-08 03:00:00", "11-08 23:00:00")
    expect("douyin", file, m, "two sub-orders, the second not shipped: judged line by line",
           dy_findings(("met", "met", "met", "on_track"), "11-08 11:00:00", "11-07 10:00:00", "11-07 19:00:00", "11-08 23:00:00", dy_sub(300))
           + dy_findings(("overdue",), "11-08 11:00:00", "", "", "", dy_sub(301)))
    # Two sub-orders, one refunded before shipping.
    m = dy_id(31)
    main.append(dy_row(31, m, dy_sub(310), S, "11-06 12:00:00", "11-08 12:00:00", "11-07 11:00:00"))
    main.append(dy_row(31, m, dy_sub(311), C, "11-06 12:00:00", "11-08 12:00:00", "", "退款成功", 取消原因="多拍/拍错",
                       选购商品=pick(GOODS, 2)))
    refund(31, m, dy_sub(311), "同意退款，退款成功", "11-06 13:00:00", 同意售后申请时间="11-06 14:00:00", 商家退款时间="11-06 14:00:00", 售后完结时间="11-06 14:00:00")
    dy_track(31, m, dy_sub(310), "11-07 20:00:00", "11-08 04:00:00", "11-09 05:00:00")
    expect("douyin", file, m, "two sub-orders, the second refunded before shipping",
           dy_findings(("met", "met", "met", "on_track"), "11-08 12:00:00", "11-07 11:00:00", "11-07 20:00:00", "11-09 05:00:00", dy_sub(310))
           + dy_findings(("void",), "11-08 12:00:00", "", "", "", dy_sub(311)))
    # Two parcels of one order.
    p = dy_id(32)
    main.append(dy_row(32, p, p, D, "11-03 15:00:00", "11-05 15:00:00", "11-04 10:00:00", 订单完成时间="2026-11-08 09:00:00"))
    dy_track(32, p, p, "11-04 12:00:00", "11-04 22:00:00", signed="11-07 09:00:00")
    dy_track(32, p, p, "11-05 12:30:00", "11-05 23:00:00", signed="11-08 09:00:00", parcel=1)
    expect("douyin", file, p, "two parcels, the second picked up late, both delivered",
           dy_findings(("met", "late", "met"), "11-05 15:00:00", "11-04 10:00:00", "11-05 12:30:00", ""))
    order(33, "shipped, but the tracking file has no row", "11-05 17:00:00", "11-07 17:00:00", ("met", "unverifiable", "unverifiable", "unverifiable"), S,
          "11-06 10:00:00", track=False)
    order(34, "re-saved by hand: 2026/11/9 0:54, remark over two lines", "11-07 00:54:00", "2026/11/9 0:54", ("overdue",), due="11-09 00:54",
          商家备注="已联系客户\n等待补货")
    dy_tracking.append(["抖店", dy_id(99999), dy_id(99999), "样例快运", "YL5599999999", "2026-11-06 10:00:00", "2026-11-06 20:00:00", "2026-11-07 20:00:00",
                        "快件已到达样例转运中心", "运输中", ""])
    note("douyin/tracking.csv", dy_id(99999), "a tracking row that joins no order")
    refund(99, dy_id(99998), dy_id(99998), "待退货", "11-05 09:00:00", "退货退款", "已发货", 自动处理截止时间="11-12 09:00:00")
    rows = dy_rows(DY_74, main)
    write(SAMPLES / file, csv_text(rows, newline="\n", quote=csv.QUOTE_ALL), "utf-8-sig")
    write_xlsx(TESTS / "twins" / file.replace(".csv", ".xlsx"), rows, "订单数据")
    write(SAMPLES / "douyin/tracking.csv", csv_text([DY_TRACK] + dy_tracking), "utf-8-sig")
    after_name = f"douyin/售后单_{int(at('11-09 11:36:00').timestamp())}.csv"
    write(SAMPLES / after_name, csv_text(dy_rows(DY_AFTER, after), newline="\n", quote=csv.QUOTE_ALL), "utf-8-sig")
    note(after_name, dy_id(99998), "an after-sales case that joins no order")


def make_douyin_main_order():
    """主订单维度: sub-orders, goods and codes joined by ;  The tracking file has no order id and no 首次中转时间."""
    name = dy_file("11:41:00")
    file, records, tracking = f"douyin/{name}", [], []

    def order(n, shows, paid, promise, states, status="待发货", shipped="", picked="", last="", signed="", waybill=None, subs=1):
        order_id = dy_id(n)
        line = dy_row(n, order_id, ";".join(dy_sub(n * 10 + i) for i in range(subs)) if subs > 1 else order_id, status, paid, promise, shipped)
        for gone in ("商品规格", "商品单价"):
            del line[gone]
        line.update({"商品金额": "49.90", "货号": f"SL-{n % 6:02d}", "快递信息": f"{waybill}-样例快运" if waybill else "-"})
        if subs > 1:
            line.update({"选购商品": ";".join(pick(GOODS, n + i) for i in range(subs)), "商品ID": ";".join(str(37210000000000000 + i) for i in range(subs)),
                         "商家编码": ";".join(f"SL-{i:02d}" for i in range(subs)), "商品数量": subs})
        records.append(line)
        if waybill:
            tracking.append(["抖音", "样例快运", waybill, full(picked), full(last or signed or picked), "已签收" if signed else "运输中", full(signed)])
        expect("douyin", file, order_id, shows, dy_findings(states, promise, shipped, picked, last if not signed else ""))

    order(51, "two sub-orders in one row; a trace in time after the pickup", "11-06 18:00:00", "11-08 18:00:00", ("met", "met", "met", "on_track"), "已发货",
          "11-07 20:00:00", "11-08 10:00:00", "11-08 22:00:00", waybill="YL5600000051", subs=2)
    order(52, "last trace later than 24 h after the pickup: the first one is unknown", "11-04 18:00:00", "11-06 18:00:00",
          ("met", "met", "unverifiable", "on_track"), "已发货", "11-05 20:00:00", "11-06 10:00:00", "11-08 20:00:00", waybill="YL5600000052")
    order(53, "not shipped, due in 8 h", "11-07 20:00:00", "11-09 20:00:00", ("urgent",))
    order(54, "a waybill number with a dash of its own", "11-05 18:00:00", "11-07 18:00:00", ("met", "late", "met", "on_track"), "已发货", "11-06 20:00:00",
          "11-08 01:00:00", "11-08 23:30:00", waybill="YL-A5600000054")
    order(55, "done; the first transit trace is unknown", "11-01 18:00:00", "11-03 18:00:00", ("met", "met", "unverifiable"), "已完成", "11-02 20:00:00",
          "11-03 10:00:00", signed="11-06 12:00:00", waybill="YL5600000055")
    order(56, "unpaid", "", "", ("void",), "待支付")
    write(SAMPLES / file, csv_text(dy_rows(DY_75, records), newline="\n", quote=csv.QUOTE_ALL), "utf-8-sig")
    write(SAMPLES / "douyin/快递批量查询.csv", csv_text([["平台", "快递公司", "运单号", "揽收时间", "最新物流时间", "物流状态", "签收时间"]] + tracking), "gb18030")


def make_douyin_erp():
    """An ERP's re-export: ids as ="…", columns of its own choice, the platform's marks, a total row."""
    file = "douyin/抖店订单_ERP导出.csv"
    headings = ["主订单编号", "子订单编号", "选购商品", "商品数量", "订单应付金额", "订单提交时间", "支付完成时间", "订单状态", "承诺发货时间", "发货时间", "订单标记", "售后状态",
                "省", "市", "区", "街道", "详细地址"]
    records = []
    for n, shows, paid, promise, state, mark in (
            (71, "推迟发货: the promise is already moved", "11-04 10:00:00", "11-20 10:00:00", "on_track", "推迟发货"),
            (72, "豁免判罚: waived though past the promise", "11-04 11:00:00", "11-06 11:00:00", "waived", "豁免判罚"),
            (73, "no mark, past the promise", "11-04 12:00:00", "11-06 12:00:00", "overdue", "")):
        line = dy_row(n, f'="{dy_id(n)}"', f'="{dy_id(n)}"', "待发货", paid, promise, "", 订单标记=mark, 发货时间="")
        records.append({h: line[h] for h in headings})
        expect("douyin", file, dy_id(n), shows, dy_findings((state,), promise, "", "", ""))
    total = ["合计", "", "", "3", "149.70"] + [""] * (len(headings) - 5)
    write(SAMPLES / file, csv_text([headings] + grid(headings, records) + [total], newline="\n"), "utf-8-sig")
    note(file, "合计", "the totals row: skipped")


# ---------------------------------------------------------------------------------------------------------------------
# eBay

EBAY_US = ('"Sales Record Number","Order Number","Buyer Username","Buyer Name","Buyer Email","Buyer Note",Buyer Address 1,Buyer Address 2,Buyer City,'
           '"Buyer State","Buyer Zip","Buyer Country","Buyer Tax Identifier Name","Buyer Tax Identifier Value",Ship To Name,"Ship To Phone",Ship To Address 1,'
           'Ship To Address 2,Ship To City,"Ship To State","Ship To Zip","Ship To Country","Item Number","Item Title",Custom Label,'
           '"Sold Via Promoted Listings","Quantity","Sold For","Shipping And Handling",Item Location,"Item Zip Code","Item Country",'
           '"eBay Collect And Remit Tax Rate","eBay Collect And Remit Tax Type","eBay Reference Name",eBay Reference Value,Tax Status,"Seller Collected Tax",'
           '"eBay Collected Tax","Electronic Waste Recycling Fee","Mattress Recycling Fee","Battery Recycling Fee","White Goods Disposal Tax",'
           '"Tire Recycling Fee","Additional Fee","Lumber Fee","Prepaid Wireless Fee","Road Improvement And Food Delivery Fee","eBay Collected Charges",'
           '"Total Price","eBay Collected Tax and Fees Included in Total","Payment Method","Sale Date","Paid On Date","Ship By Date",'
           '"Minimum Estimated Delivery Date","Maximum Estimated Delivery Date","Shipped On Date","Feedback Left","Feedback Received","My Item Note",'
           '"PayPal Transaction ID","Shipping Service","Tracking Number","Transaction ID",Variation Details,"Global Shipping Program",'
           '"Global Shipping Reference ID","Click And Collect","Click And Collect Reference Number","eBay Plus","Authenticity Verification Program",'
           '"Authenticity Verification Status","Authenticity Verification Outcome Reason","PSA Vault Program","Vault Fulfillment Type",'
           '"eBay Fulfillment Program",Tax City,"Tax State","Tax Zip","Tax Country","eBay International Shipping"')
EBAY_82 = next(csv.reader([EBAY_US]))
assert len(EBAY_82) == 82
EBAY_TRACK = ["Marketplace", "Order Number", "Sub-order ID", "Carrier", "Tracking Number", "Acceptance Scan", "Last Trace At", "Last Trace", "Status", "Delivered At",
              "Shipping Service", "Service Downgraded"]
BUYERS = [("Ann S***", "Springfield", "IL", "62701"), ("Bob T***", "Riverton", "UT", "84065"), ("Cleo M***", "Fairview", "OR", "97024"), ("Dee W***", "Madison", "WI", "53703")]
THINGS = ["Sample Phone Stand", "Sample LED Strip 5 m", "Sample Wool Socks 3 Pairs", "Sample Desk Lamp"]


def mon_day(text):
    """'11-06' -> 'Nov-06-26'; anything else stays."""
    return datetime.strptime("2026-" + text, "%Y-%m-%d").strftime("%b-%d-%y") if re.fullmatch(r"\d\d-\d\d", text or "") else (text or "")


def day_mon(text):
    """'11-06' -> '06-Nov-26'."""
    return datetime.strptime("2026-" + text, "%Y-%m-%d").strftime("%d-%b-%y") if re.fullmatch(r"\d\d-\d\d", text or "") else (text or "")


def make_ebay():
    file = "ebay/eBay-OrdersReport-Nov-08-2026-19_55_02-0800-11400000001.csv"
    main, tracking = [], []

    def number(n):
        return f"12-{13000 + n * 7:05d}-{45000 + n * 13:05d}"

    def transaction(n):
        return f"{10052000000 + n * 11}"

    def track(n, order_id, delivered="", sub="", scan="", last="", service="", carrier="USPS", parcel=0):
        last = last or delivered or scan
        tracking.append(["eBay", order_id, sub, carrier, f"9400100000000{n:06d}{parcel:03d}", full(scan), full(last), "Arrived at sample facility" if scan else "",
                         "Delivered" if delivered else "In transit", full(delivered), service, ""])

    def row(n, sold, paid, ship_by, edd, shipped, **more):
        buyer, city, state, code = pick(BUYERS, n)
        line = {"Sales Record Number": 1000 + n, "Order Number": number(n), "Buyer Username": f"sample_buyer_{n:03d}", "Buyer Name": buyer,
                "Buyer Email": f"buyer{n:03d}@example.com", "Buyer Address 1": f"{n} Sample St", "Buyer City": city, "Buyer State": state, "Buyer Zip": code,
                "Buyer Country": "United States", "Ship To Name": buyer, "Ship To Address 1": f"{n} Sample St", "Ship To City": city, "Ship To State": state,
                "Ship To Zip": code, "Ship To Country": "United States", "Item Number": 256000000000 + n, "Item Title": pick(THINGS, n),
                "Custom Label": f"SL-{n % 4}", "Sold Via Promoted Listings": "No", "Quantity": 1, "Sold For": "$12.99", "Shipping And Handling": "$0.00",
                "Item Location": "Shenzhen", "Item Country": "China", "eBay Collected Tax": "$0.00", "Total Price": "$12.99", "Payment Method": "Other",
                "Sale Date": mon_day(sold), "Paid On Date": mon_day(paid), "Ship By Date": mon_day(ship_by), "Minimum Estimated Delivery Date": "",
                "Maximum Estimated Delivery Date": mon_day(edd), "Shipped On Date": mon_day(shipped), "Feedback Left": "No", "Shipping Service":
                "Economy Shipping from outside US", "Tracking Number": f"9400100000000{n:06d}000" if shipped else "", "Transaction ID": transaction(n),
                "Global Shipping Program": "No", "Click And Collect": "No", "eBay Plus": "No", "eBay International Shipping": "No"}
        line.update(more)
        return line

    def dues(ship_by, edd):
        return (end_of_day(ship_by, PACIFIC) if ship_by else None, end_of_day(edd, PACIFIC) if edd else None)

    def order(n, shows, paid, ship_by, edd, states, shipped="", delivered="", tracked=None, scan="", last="", sold=None, **more):
        """states: of EBY001 and EBY002. tracked: whether the tracking file has a row (default: when shipped)."""
        line = row(n, sold or paid, paid, ship_by, edd, shipped, **more)
        main.append(line)
        order_id = str(line["Order Number"] or line["Sales Record Number"])
        if shipped if tracked is None else tracked:
            track(n, order_id, delivered, scan=scan or full(shipped if re.match(r"\d\d-", shipped) else paid) + " 20:00:00", last=last)
        expect("ebay", file, order_id, shows, [(r, s, d) for r, s, d in zip(("EBY001", "EBY002"), states, dues(ship_by, edd))])
        return order_id

    order(1, "shipped in time, on its way", "11-03", "11-06", "11-24", ("met", "on_track"), "11-05")
    order(2, "shipped on the day of the deadline", "11-03", "11-06", "11-24", ("met", "on_track"), "11-06")
    order(3, "shipped a day late", "11-03", "11-06", "11-24", ("late", "on_track"), "11-07")
    order(4, "not shipped, past its day", "11-04", "11-07", "11-25", ("overdue", "on_track"))
    order(5, "the day ends in 4 h: in China it is already the 9th", "11-05", "11-08", "11-26", ("urgent", "on_track"))
    order(6, "a day and 4 h left", "11-06", "11-09", "11-27", ("warning", "on_track"))
    order(7, "two days and 4 h left", "11-06", "11-10", "11-27", ("warning", "on_track"))
    order(8, "three days and 4 h left", "11-08", "11-11", "11-30", ("on_track", "on_track"))
    order(9, "last day of summer time, not shipped", "10-28", "10-31", "11-20", ("overdue", "on_track"))
    order(10, "the day summer time ends: it has 25 hours", "10-29", "11-01", "11-20", ("met", "on_track"), "11-01")
    order(11, "shipped the day after summer time ended, a day late", "10-29", "11-01", "11-20", ("late", "on_track"), "11-02")
    order(12, "unpaid: no order number, the sales record number stands for it", "", "", "", ("void", "void"), sold="11-08", **{"Order Number": ""})
    order(13, "unpaid, with an order number", "", "", "", ("void", "void"), sold="11-07")
    order(14, "no Ship By Date and no handling days set", "11-05", "", "11-30", ("not_assessed", "on_track"))
    order(15, "delivered in the last second of its day", "10-15", "10-19", "11-03", ("met", "met"), "10-16", delivered="11-03 23:59:59")
    order(16, "delivered a second after its day", "10-15", "10-19", "11-03", ("met", "late"), "10-17", delivered="11-04 00:00:00")
    order(17, "delivery time with an offset of its own: 23:59:59 Pacific", "10-16", "10-20", "11-04", ("met", "met"), "10-19",
          delivered="2026-11-05T15:59:59+08:00", last="11-04 22:00:00")
    order(18, "delivered in the hour that comes twice, so nobody can say when; due at the end of the 25-hour day", "10-13", "10-16", "11-01", ("met", "unverifiable"), "10-15", delivered="11-01 01:30:00")
    order(19, "due on the last day of summer time, delivered the second after", "10-12", "10-15", "10-31", ("met", "late"), "10-14", delivered="11-01 00:00:00")
    order(20, "not delivered, past the estimate", "10-19", "10-22", "11-06", ("met", "overdue"), "10-21", last="11-02 09:00:00")
    order(21, "delivery due today", "10-20", "10-23", "11-08", ("met", "urgent"), "10-22", last="11-07 09:00:00")
    order(22, "delivery due in two days", "10-21", "10-26", "11-10", ("met", "warning"), "10-23", last="11-07 10:00:00")
    order(23, "shipped, but the tracking file has no row", "11-02", "11-05", "11-22", ("met", "unverifiable"), "11-04", tracked=False)
    order(24, "shipping date unreadable", "11-02", "11-05", "11-22", ("unverifiable", "on_track"), "Nov-31-26")
    order(25, "shipping date later than the as-of: a data issue, not done", "11-06", "11-09", "11-27", ("warning", "on_track"), "11-09", scan="11-08 10:00:00")
    o = order(26, "two parcels, the second delivered late", "10-14", "10-19", "11-02", ("met", "late"), "10-16", delivered="11-01 12:00:00")
    track(26, o, "11-03 12:00:00", scan="10-16 21:00:00", parcel=1)
    main[-1]["Tracking Number"] = "9400100000000000026000,9400100000000000026001"
    o = order(27, "SpeedPAK parcel without a scan for 9 days (EBY205)", "10-22", "10-27", "11-19", ("met", "on_track"), "10-26", tracked=False,
              **{"Shipping Service": "SpeedPAK Standard"})
    track(27, o, scan="10-26 21:00:00", last="10-30 08:00:00", service="SpeedPAK Standard", carrier="Orange Connex")
    # Two items, one set of dates: a summary row, then a row an item without dates and address.
    summary = {"Item Number": "", "Item Title": "", "Custom Label": "", "Transaction ID": "", "Tracking Number": "", "Quantity": 2}
    bare = {k: "" for k in ("Buyer Name", "Buyer Email", "Buyer Address 1", "Buyer City", "Buyer State", "Buyer Zip", "Buyer Country", "Ship To Name",
                            "Ship To Address 1", "Ship To City", "Ship To State", "Ship To Zip", "Ship To Country", "Total Price")}
    no_dates = {"Sale Date": "", "Paid On Date": "", "Ship By Date": "", "Maximum Estimated Delivery Date": "", "Shipped On Date": ""}
    main.append(row(28, "11-03", "11-03", "11-06", "11-24", "11-05", **summary))
    for item in (1, 2):
        main.append(row(28, "", "", "", "", "11-05", **{**bare, **no_dates, "Item Number": 256000000280 + item, "Item Title": pick(THINGS, item),
                                                        "Transaction ID": transaction(280 + item)}))
    track(28, number(28), scan="11-05 21:00:00")
    expect("ebay", file, number(28), "two items under one summary row: one finding a rule", [(r, s, d) for r, s, d in zip(
        ("EBY001", "EBY002"), ("met", "on_track"), dues("11-06", "11-24"))])
    # Two items, one of them shipped: judged item by item.
    main.append(row(29, "11-05", "11-05", "11-08", "11-26", "", **summary))
    for item, shipped, states in ((1, "11-06", ("met", "on_track")), (2, "", ("urgent", "on_track"))):
        main.append(row(29, "11-05", "11-05", "11-08", "11-26", shipped, **{**bare, "Item Number": 256000000290 + item, "Item Title": pick(THINGS, item),
                                                                            "Transaction ID": transaction(290 + item)}))
        expect("ebay", file, number(29), f"two items, {'this one shipped' if shipped else 'this one not shipped'}: judged item by item",
               [(r, s, d, transaction(290 + item)) for r, s, d in zip(("EBY001", "EBY002"), states, dues("11-08", "11-26"))])
    track(29, number(29), sub=transaction(291), scan="11-06 21:00:00")
    track(999, "99-99999-99999", scan="11-05 12:00:00")
    note("ebay/tracking.csv", "99-99999-99999", "a tracking row that joins no order")
    records = len({r["Sales Record Number"] for r in main})
    blank = [""] * 82
    data = grid(EBAY_82, main)
    foot = [[f"{records} record(s) downloaded", "from Aug-10-26 to Nov-08-26"], ["Seller ID : sample-outlet-us"]]
    text = "\r\n" + EBAY_US + "\r\n" + csv_text([blank] + data, quote=csv.QUOTE_ALL) + "\r\n" + csv_text(foot, quote=csv.QUOTE_ALL)
    write(SAMPLES / file, text)
    write_xlsx(TESTS / "twins" / file.replace(".csv", ".xlsx"), [[]] + [EBAY_82, blank] + data + [[]] + foot, "Orders")
    write(SAMPLES / "ebay/tracking.csv", csv_text([EBAY_TRACK] + tracking))


def make_ebay_sites():
    """The localised reports, in small. No tracking file joins them: what is shipped has no known delivery."""
    def add(file, zone, order_id, shows, ship_by, edd, first, second):
        expect("ebay", file, order_id, shows, [("EBY001", first, end_of_day(ship_by, zone) if ship_by else None),
                                               ("EBY002", second, end_of_day(edd, zone) if edd else None)])

    # United Kingdom: sentence case, TABs behind some headings, Europe/London.
    file = "ebay/eBay-OrdersReport-Nov-09-2026-03_58_11-0000-11400000002.csv"
    head = ["Sales record number", "Order number", "Buyer username", "Buyer name", "Buyer email", "Buyer note", "Buyer address 1", "Buyer address 2", "Buyer city",
            "Buyer county", "Buyer postcode", "Buyer country", "Post to name", "Post to phone", "Post to address 1", "Post to address 2", "Post to city",
            "Post to county", "Post to postcode", "Post to country", "Item number", "Item title", "Custom label", "Sold via Promoted listings", "Quantity",
            "Sold for", "Postage and packaging", "Item location", "Item postcode", "Item country", "Included VAT rate", "Tyre recycling fee", "Total price",
            "eBay collected tax and fees included in total\t", "Payment method", "Sale date", "Paid on date", "Post by date", "Minimum estimated delivery date",
            "Maximum estimated delivery date", "Dispatched on date", "Feedback left", "Feedback received", "My item note", "PayPal transaction ID",
            "Delivery service", "Tracking number\t", "Transaction ID", "Variation details", "Global Shipping Programme", "Global Shipping Reference ID",
            "Click and Collect", "Click and Collect Reference Number ", "eBay Plus", "eBay Fulfilment Programme"]
    lines = []
    for n, shows, paid, by, edd, sent, first, second in (
            (1, "posted in time", "11-03", "11-05", "11-20", "11-04", "met", "not_assessed"),
            (2, "posted a day late", "11-03", "11-05", "11-20", "11-06", "late", "not_assessed"),
            (3, "not posted: the day ended at midnight in London", "11-05", "11-08", "11-24", "", "overdue", "on_track"),
            (4, "not posted, 20 h left in London", "11-06", "11-09", "11-25", "", "urgent", "on_track"),
            (5, "unpaid", "", "", "", "", "void", "void")):
        order_id = f"07-{21000 + n:05d}-{31000 + n:05d}"
        lines.append({"Sales record number": 200 + n, "Order number": order_id, "Buyer username": f"sample_uk_{n}", "Buyer name": "Eve J***", "Post to name": "Eve J***",
                      "Post to address 1": f"{n} Sample Road", "Post to city": "Sampleton", "Post to postcode": "ZZ1 1ZZ", "Post to country": "United Kingdom",
                      "Item number": 266000000000 + n, "Item title": pick(THINGS, n), "Quantity": 1, "Sold for": "£9.99", "Postage and packaging": "£0.00",
                      "Item location": "Hong Kong", "Item country": "Hong Kong", "Total price": "£9.99", "Payment method": "Other", "Sale date": day_mon(paid or "11-08"),
                      "Paid on date": day_mon(paid), "Post by date": day_mon(by), "Maximum estimated delivery date": day_mon(edd), "Dispatched on date": day_mon(sent),
                      "Delivery service": "Economy Delivery from outside UK", "Transaction ID": f"{20052000000 + n}"})
        add(file, LONDON, order_id, shows, by, edd, first, second)
    write(SAMPLES / file, csv_text([[""] * 3, head] + grid(head, lines) + [[], ["5", "record(s) downloaded", "from Oct-10-26 to Nov-09-26"],
                                                                            ["Seller ID: sample-outlet-uk"]]), "utf-8-sig")

    # Australia: US headings but for the postage, dates 26-May-26, Australia/Sydney.
    file = "ebay/eBay-OrdersReport-Nov-09-2026-14_58_40-1100-11400000003.csv"
    head = ["Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Ship To Name", "Ship To Address 1", "Ship To City", "Ship To State", "Ship To Zip",
            "Ship To Country", "Item Number", "Item Title", "Custom Label", "Quantity", "Sold For", "Postage And Handling", "Item Location", "Item Country", "Total Price",
            "Payment Method", "Sale Date", "Paid On Date", "Ship By Date", "Minimum Estimated Delivery Date", "Maximum Estimated Delivery Date", "Shipped On Date",
            "Shipping Service", "Tracking Number", "Transaction ID"]
    lines = []
    for n, shows, paid, by, edd, sent, first, second in (
            (1, "shipped on its day", "11-03", "11-06", "11-23", "11-06", "met", "not_assessed"),
            (2, "not shipped: the day ended at midnight in Sydney", "11-05", "11-08", "11-25", "", "overdue", "on_track"),
            (3, "not shipped, 9 h left in Sydney", "11-06", "11-09", "11-26", "", "urgent", "on_track"),
            (4, "not shipped, three days and 9 h left in Sydney", "11-09", "11-12", "11-30", "", "on_track", "on_track")):
        order_id = f"09-{41000 + n:05d}-{51000 + n:05d}"
        lines.append({"Sales Record Number": 300 + n, "Order Number": order_id, "Buyer Username": f"sample_au_{n}", "Buyer Name": "Fay K***", "Ship To Name": "Fay K***",
                      "Ship To Address 1": f"{n} Sample Parade", "Ship To City": "Sampleville", "Ship To State": "NSW", "Ship To Zip": "2000",
                      "Ship To Country": "Australia", "Item Number": 276000000000 + n, "Item Title": pick(THINGS, n), "Quantity": 1, "Sold For": "AU $1,019.95",
                      "Postage And Handling": "AU $0.00", "Item Location": "Shenzhen", "Item Country": "China", "Total Price": "AU $1,019.95", "Sale Date": day_mon(paid),
                      "Paid On Date": day_mon(paid), "Ship By Date": day_mon(by), "Maximum Estimated Delivery Date": day_mon(edd), "Shipped On Date": day_mon(sent),
                      "Shipping Service": "Standard Postage from outside Australia", "Transaction ID": f"{30052000000 + n}"})
        add(file, SYDNEY, order_id, shows, by, edd, first, second)
    write(SAMPLES / file, csv_text([[], head] + grid(head, lines) + [[], ["4 record(s) downloaded"], ["Seller ID : sample-outlet-au"]]))

    # Germany: semicolons; no heading for a ship-by date is known.
    file = "ebay/eBay-Bestellbericht-09-Nov-2026.csv"
    head = ("Verkaufsprotokollnummer;Bestellnummer;Artikelnummer;Angebotstitel;Bestandseinheit;Verkauft über Anzeigen;Anzahl;Verkauft für;Verpackung und Versand;"
            "Inklusive MwSt.-Satz;Gesamtbetrag;Verkauft am;Zahlungsdatum;Verschickt am - Datum;Nutzername des Käufers").split(";")
    lines = [["401", "11-61001-71001", "286000000001", "Beispiel Handyhalter", "SL-1", "Nein", "1", "1.116,99 €", "0,00 €", "--", "1.116,99 €", "30-Okt-26", "30-Okt-26", "02-Nov-26", "sample_de_1"],
             ["402", "11-61002-71002", "286000000002", "Beispiel LED-Band", "SL-2", "Nein", "1", "16,99 €", "0,00 €", "--", "16,99 €", "06-Nov-26", "06-Nov-26", "--", "sample_de_2"],
             ["403", "11-61003-71003", "286000000003", "Beispiel Socken", "SL-3", "Nein", "1", "9,99 €", "0,00 €", "--", "9,99 €", "08-Nov-26", "--", "--", "sample_de_3"]]
    for line, shows, state in ((lines[0], "shipped; the report has no ship-by and no estimate", "not_assessed"),
                               (lines[1], "not shipped, nothing to judge it by", "not_assessed"), (lines[2], "unpaid", "void")):
        add(file, None, line[1], shows, "", "", state, state)
    write(SAMPLES / file, csv_text([[], head] + lines + [[]], delimiter=";"), "utf-8-sig")

    # France: semicolons, both apostrophes, thousands with a narrow space.
    file = "ebay/eBay-rapport-commandes-09-nov-2026.csv"
    head = "Numéro de vente;Numéro de commande;Pseudo de l’acheteur;Numéro de l'objet;Intitulé de l'objet;Quantité;Vendu pour;Livraison et manutention;Date de vente".split(";")
    lines = [["501", "13-81001-91001", "sample_fr_1", "296000000001", "Exemple de lampe", "1", "1\u202f234,50 €", "0,00 €", "31-oct.-26"],
             ["502", "13-81002-91002", "sample_fr_2", "296000000002", "Exemple de support", "1", "12,50 €", "0,00 €", "05-nov.-26"]]
    for line in lines:
        add(file, None, line[1], "neither ship-by nor estimate, nor a paid or shipped date", "", "", "not_assessed", "not_assessed")
    write(SAMPLES / file, csv_text([[], head] + lines + [[]], delimiter=";"), "utf-8-sig")

    # File Exchange: no ship-by column at all.
    file = "ebay/FileExchange_Response_SalesHistory.csv"
    head = ("Sales Record Number,User Id,Buyer Fullname,Buyer Phone Number,Buyer Email,Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,"
            "Item Number,Item Title,Custom Label,Quantity,Sale Price,Shipping and Handling,US Tax,Insurance,Cash on delivery fee,Total Price,Payment Method,Sale Date,"
            "Checkout Date,Paid on Date,Shipped on Date,Feedback left,Feedback received,Notes to yourself,PayPal Transaction ID,Shipping Service,"
            "Cash on delivery option,Transaction ID,Order ID,Variation Details").split(",")
    lines = []
    for n, shows, paid, sent, state in ((1, "shipped, no ship-by column", "11-02", "11-04", "not_assessed"), (2, "not shipped, no handling days set", "11-05", "", "not_assessed"),
                                        (3, "unpaid", "", "", "void")):
        order_id = f"{306000000000 + n}-{40052000000 + n}"
        lines.append({"Sales Record Number": 600 + n, "User Id": f"sample_fe_{n}", "Buyer Fullname": "Gus L***", "Buyer City": "Springfield", "Buyer State": "IL",
                      "Buyer Zip": "62701", "Buyer Country": "United States", "Item Number": 306000000000 + n, "Item Title": pick(THINGS, n), "Quantity": 1,
                      "Sale Price": "$8.99", "Shipping and Handling": "$0.00", "Total Price": "$8.99", "Sale Date": mon_day(paid or "11-08"), "Paid on Date": mon_day(paid),
                      "Shipped on Date": mon_day(sent), "Transaction ID": 40052000000 + n, "Order ID": order_id})
        add(file, None, order_id, shows, "", "", state, state)
    write(SAMPLES / file, csv_text([[], head, [""] * len(head)] + grid(head, lines) + [[], ["3", "record(s) downloaded", ""], ["Seller ID : sample-outlet-fe"]]))


# ---------------------------------------------------------------------------------------------------------------------
# Alibaba.com 阿里国际站

ALI = ("订单编号(Order Number)|订单创建时间(Order Create Time)|邮箱(Email)|公司名称(Company Name)|买家名称(Buyer Name)|卖家名称(Seller Name)|商品名称(Product Name)|"
       "SKU规格(Sku Specification)|数量(Quantity)|单价(Unit Price)|订单总价(Order Amount)|运费(Shipping Fee)|折扣金额(Discount Amount)|状态(Status)|订单类型(Order Type)|"
       "买家国家(Buyer Country)|税费,仅美国卖家适用(Tax Fee)|收货地址(Shipping Address)|订单备注(Order Remark)|订单币种(Order Currency)|预付款(Initial Payment)|"
       "尾款(Balance Payment)|约定发货时间(Appointed Delivery Time)|是否有合同附件(Attachment)|实际发货时间(Actual Delivery Time)").split("|")
ALI_TRACK = ["物流订单号", "国际物流单号", "信保订单号", "服务线路", "货件状态", "仓库", "入库时间", "目的地"]
ALI_BUYERS = [("J*** Example", "Example Trading LLC", "United States"), ("M*** Sample", "Sample Imports GmbH", "Germany"), ("A*** Demo", "Demo Retail Pty", "Australia")]


def ali_id(n):
    return f"{253126789000000 + n * 13}"


def make_alibaba():
    file, main = "alibaba/信用保障订单导出_20261109113500.csv", []

    def row(n, created, status, agreed, actual, kind, **more):
        buyer, company, country = pick(ALI_BUYERS, n)
        line = {"订单编号(Order Number)": ali_id(n), "订单创建时间(Order Create Time)": full(created), "邮箱(Email)": f"buyer{n:03d}@example.com",
                "公司名称(Company Name)": company, "买家名称(Buyer Name)": buyer, "卖家名称(Seller Name)": "示例外贸", "商品名称(Product Name)": pick(THINGS, n),
                "SKU规格(Sku Specification)": "Color:Black-B002,Length:20 cm (7.87in)", "数量(Quantity)": 200, "单价(Unit Price)": "USD 3.20",
                "订单总价(Order Amount)": "USD 640.00", "运费(Shipping Fee)": "USD 0.00", "折扣金额(Discount Amount)": "USD 0.00", "状态(Status)": status,
                "订单类型(Order Type)": kind, "买家国家(Buyer Country)": country, "收货地址(Shipping Address)": f"{n} Sample Street, Sampletown, {country}",
                "订单币种(Order Currency)": "USD", "预付款(Initial Payment)": "USD 192.00", "尾款(Balance Payment)": "USD 448.00",
                "约定发货时间(Appointed Delivery Time)": full(agreed), "是否有合同附件(Attachment)": "否", "实际发货时间(Actual Delivery Time)": full(actual)}
        line.update(more)
        return line

    def order(n, shows, agreed, state, status="待卖家发货", actual="", created="10-20 10:00:00", kind="卖家起草订单", due=True, **more):
        main.append(row(n, created, status, agreed, actual, kind, **more))
        if due is True:
            due = at(agreed) if ":" in agreed else end_of_day(agreed, PACIFIC)
        expect("alibaba", file, ali_id(n), shows, [("ALI001", state, due)])

    W, S, D = "待卖家发货", "待买家确认收货", "交易成功"
    order(1, "shipped in time", "11-06", "met", S, "11-05 16:20:11")
    order(2, "shipped in the last second of the agreed day, Pacific time", "11-05", "met", S, "11-06 15:59:59")
    order(3, "late by one second", "11-05", "late", S, "11-06 16:00:00")
    order(4, "not shipped, past its day", "11-07", "overdue")
    order(5, "the agreed day still lasts 4 h in Pacific time", "11-08", "urgent")
    order(6, "a day and 4 h left", "11-09", "warning")
    order(7, "two days and 4 h left", "11-10", "warning", kind="直接下单")
    order(8, "three days and 4 h left", "11-11", "on_track", kind="直接下单")
    order(9, "last day of summer time: shipped in its last second", "10-31", "met", S, "11-01 14:59:59")
    order(10, "last day of summer time: late by one second", "10-31", "late", S, "11-01 15:00:00")
    order(11, "the day summer time ends: shipped in its last second", "11-01", "met", S, "11-02 15:59:59")
    order(12, "the day summer time ends: late by one second", "11-01", "late", D, "11-02 16:00:00")
    order(13, "shipping date without a time: begins in China, so still in time", "11-05", "met", S, "11-06")
    order(14, "shipping date without a time, two days later: late", "11-05", "late", S, "11-07")
    order(15, "agreed with a time: read in China's zone", "11-09 18:00:00", "urgent")
    order(16, "due at the very as-of", "11-09 12:00:00", "urgent")
    order(17, "unpaid", "11-20", "void", "待买家付款")
    order(18, "first payment not made", "11-05", "void", "待付预付款")
    order(19, "closed, time unknown", "11-03", "void", "交易关闭")
    order(20, "cancelled before its day", "11-20", "void", "已取消")
    order(21, "in dispute, shipped in time", "11-02", "met", "纠纷中", "11-01 09:00:00")
    order(22, "under way, shipped in time", "11-10", "met", "发货中", "11-08 09:00:00")
    order(23, "two goods, the order's cells on both rows", "11-12", "on_track", kind="买家起草订单")
    main.append(row(23, "10-20 10:00:00", W, "11-12", "", "买家起草订单", **{"商品名称(Product Name)": "Sample Desk Lamp", "SKU规格(Sku Specification)": "Color:White"}))
    order(24, "two goods, the order's cells on the first row only", "11-10", "warning", kind="买家起草订单")
    main.append({"商品名称(Product Name)": "Sample LED Strip 5 m", "SKU规格(Sku Specification)": "Color:Warm", "数量(Quantity)": 50, "单价(Unit Price)": "USD 2.00"})
    order(25, "done by its status, the shipping time is empty", "10-30", "unverifiable", D)
    order(26, "shipping time unreadable", "10-30", "unverifiable", S, "2026-13-40")
    order(27, "agreed date unreadable", "2026-13-40", "unverifiable", due=None)
    order(28, "shipping time later than the as-of: a data issue, not done", "11-12", "on_track", actual="11-09 13:00:00")
    order(29, "another way to write the date; remark over two lines", "2026/11/13", "on_track", due=end_of_day("11-13", PACIFIC),
          **{"订单备注(Order Remark)": "Please pack well.\nCall before delivery."})
    order(30, "completed in time", "10-25", "met", "订单完成", "10-24 18:00:00")
    rows = [ALI] + grid(ALI, main)
    write(SAMPLES / file, csv_text(rows), "utf-8-sig")
    write_xlsx(TESTS / "twins" / file.replace(".csv", ".xlsx"), rows, "Sheet0")
    tracking = [[f"ALS{260000100 + n}", f"SLI{73000000 + n}", ali_id(n), "样例专线", state, "样例仓库", full(came), "US"]
                for n, came, state in ((1, "11-07 10:00:00", "已入库"), (2, "11-08 11:00:00", "已入库"), (30, "10-27 09:00:00", "已签收"))]
    tracking.append(["ALS260009999", "SLI73009999", "253126789999999", "样例专线", "已入库", "样例仓库", "2026-11-05 10:00:00", "DE"])
    write(SAMPLES / "alibaba/物流订单.csv", csv_text([ALI_TRACK] + tracking), "utf-8-sig")
    note("alibaba/物流订单.csv", "253126789999999", "a logistics row that joins no order")


def make_alibaba_plain():
    """Plain Chinese headings, a receipt time beside them (ALI002), but no 实际发货时间."""
    file = "alibaba/国际站订单_中文表头.csv"
    head = ["订单编号", "订单创建时间", "买家名称", "商品名称", "数量", "订单总价", "状态", "订单类型", "买家国家", "收款时间", "约定发货时间", "订单备注"]
    rows = []
    for n, shows, created, paid, agreed, status, kind, state in (
            (51, "agreed later than 180 days after the receipt: ALI002 advises 2026-10-28 at the latest", "04-28 10:00:00", "05-01 10:00:00", "11-20", "待卖家发货",
             "卖家起草订单", "on_track"),
            (52, "direct order, past its day", "10-25 10:00:00", "10-25 10:05:00", "11-06", "待卖家发货", "直接下单", "overdue"),
            (53, "done, and the export has no shipping time: a coverage gap", "10-20 10:00:00", "10-20 11:00:00", "11-01", "交易成功", "买家起草订单", "not_assessed"),
            (54, "order type says neither: ALI002 not assessed", "10-26 10:00:00", "10-26 11:00:00", "11-10", "待卖家发货", "信用保障订单", "warning"),
            (55, "unpaid", "11-08 10:00:00", "", "11-25", "待买家付款", "买家起草订单", "void")):
        rows.append([ali_id(n), full(created), "N*** Example", pick(THINGS, n), "100", "USD 1,250.00", status, kind, "Canada", full(paid), full(agreed), ""])
        expect("alibaba", file, ali_id(n), shows, [("ALI001", state, end_of_day(agreed, PACIFIC))])
    write(SAMPLES / file, csv_text([head] + rows), "utf-8-sig")


# ---------------------------------------------------------------------------------------------------------------------
# The casebook, the twin with broken ids, the expectations and the README


def make_casebook():
    jd = {n: str(312600410000 + n) for n in range(60)}
    pdd = {n: pdd_id(n, day) for n, day in ((24, "261105"), (25, "261103"), (32, "261108"), (5, "261106"))}
    ebay = {n: f"12-{13000 + n * 7:05d}-{45000 + n * 13:05d}" for n in range(30)}
    sheets = {
        "notices": ("marketplace,store,kind,side,region,service,ordered_from,ordered_to,paid_from,paid_to,off_from,off_to,extend_days,extend_business_days,extend_to,"
                    "opted_out,opted_out_at,reference", [
                        ["douyin", "", "shipping", "destination", "湖北省/武汉市", "", "2026-11-05", "2026-11-12", "", "", "", "", "3", "", "", "n", "", "示例公告 1"],
                        ["抖店", "", "shipping", "either", "四川/成都/武侯", "", "2026-11-06 00:00", "2026-11-08", "", "", "", "", "2", "", "", "y", "2026-11-07 09:00", "示例公告 2"],
                        ["alibaba", "", "shipping", "origin", "CN", "", "2026-10-20", "2026-11-05", "", "", "", "", "", "", "2026-11-16", "", "", "示例公告 3"],
                        ["ebay", "", "holiday", "origin", "CN", "", "", "", "", "", "2026-11-06", "2026-11-06", "", "", "", "", "", "sample notice 4"]]),
        "regions": ("region,risk,couriers_suspended,carriers,from,to,reference", [
            ["河南省/郑州市", "high", "6", "", "2026-11-06", "2026-11-12", "示例"], ["山东省/青岛市/市南区", "", "3", "示例速递", "2026-11-07 08:00", "", "示例"]]),
        "filings": ("marketplace,store,order_id,kind,regions,window_from,window_to,submitted_at,status,decided_at,extended_to,documents,chat_ids,chat_told,chat_agreed", [
            ["jd", "jd", "", "advance", "", "2026-11-07 03:00", "2026-11-07 04:00", "2026-11-04 10:00", "approved", "2026-11-05 09:00", "", "", "", "", ""],
            ["jd", "jd", jd[18], "emergency", "", "", "", "2026-11-09 09:00", "pending", "", "", "", "", "", ""],
            ["alibaba", "", ali_id(4), "force-majeure", "", "2026-11-06", "", "2026-11-08 10:00", "approved", "2026-11-09 09:00", "", "carrier-notice", "y", "y", "y"],
            ["douyin", "", dy_id(15), "abnormal-order", "", "", "", "2026-11-08 10:00", "rejected", "2026-11-08 20:00", "", "", "", "", ""]]),
        "cards": ("order_id,sent_at,response,responded_at,new_ship_by", [
            [jd[41], "2026-11-07 20:00", "accepted", "2026-11-07 21:10", "2026-11-12 18:00"],
            [jd[42], "2026-11-08 09:00:00", "accepted", "2026-11-08 09:30:00", "2026-11-11"],
            [jd[43], "2026-11-08 09:00", "accepted", "2026-11-08 12:00", ""],
            [jd[44], "2026-11-08 20:00", "rejected", "2026-11-08 20:30", ""],
            [jd[45], "2026-11-06 09:00", "none", "", ""],
            [jd[46], "2026-11-08 18:00", "none", "", ""],
            [jd[47], "2026-11-04 15:00", "accepted", "2026-11-04 15:20", "2026-11-06 18:00"]]),
        "agreements": ("marketplace,order_id,kind,agreed_at,new_date,confirmed_online,evidence", [
            ["阿里国际站", ali_id(5), "extension", "2026-11-07 10:00", "2026-11-15", "y", "chat"],
            ["alibaba", ali_id(6), "extension", "2026-11-08 10:00", "2026-11-18", "n", "chat"],
            ["alibaba", ali_id(52), "refund", "2026-11-08 10:00", "", "y", "chat"],
            ["京东", jd[22], "extension", "2026-11-08 10:00", "2026-11-11", "n", "咚咚"],
            ["ebay", ebay[4], "cancel", "2026-11-08 12:00", "", "n", "message"]]),
        "defects": ("marketplace,order_id,kind,opened_at,points,amount", [
            ["ebay", ebay[20], "INR", "2026-11-08", "", "12.99"], ["ebay", ebay[3], "late-shipment", "2026-11-07", "", ""],
            ["拼多多", pdd[25], "transit-late", "2026-11-08 16:00", "", "5"], ["douyin", dy_id(12), "delayed", "2026-11-06 20:00", "1", "3"],
            ["alibaba", ali_id(3), "delayed", "2026-11-07", "2", ""]]),
        "reports": ("marketplace,order_id,kind,reported_at,note", [
            ["jd", jd[49], "out-of-stock", "2026-11-09 09:00", ""], ["jd", jd[8], "bad-address", "2026-11-09 10:00", "空号"],
            ["jd", jd[13], "malicious", "2026-11-09 11:55", ""], ["pdd", pdd[25], "lost", "2026-11-09 09:30", ""],
            ["pdd", pdd[5], "cannot-print", "2026-11-08 10:00", "超范围"], ["alibaba", ali_id(16), "buyer-declines", "2026-11-09 08:00", ""]]),
        "calendar": ("area,date,kind,reference", [["CN", "2026-11-06", "holiday", "示例"], ["HK", "2026-11-07", "workday", "sample"]]),
        "listings": ("item_id,declared_location,true_location,fulfilled_from", [["256000000020", "United States", "CN", "own"], ["256000000021", "CN", "CN", "FBA"]]),
    }
    for sheet, (headings, rows) in sheets.items():
        width = len(headings.split(","))
        assert all(len(row) == width for row in rows), sheet
        write(TESTS / f"casebook/{sheet}.csv", csv_text([headings.split(",")] + rows, newline="\n"))

    def card(n, shows, states, dues):
        for rule, state, due in zip(("JD001", "JD002"), states, dues):
            if state in ("overdue", "urgent", "warning", "on_track"):
                check_open(rule, state, due)
            WITH_CARDS.append(("jd", jd[n], "", rule, state, due, shows))

    card(41, "accepted: JD001 to the new date, JD002 24 h later", ("on_track", "on_track"), (at("11-12 18:00"), at("11-13 18:00")))
    card(42, "accepted with a day: its end, JD002 24 h later", ("on_track", "on_track"), (at("11-11 23:59:59"), at("11-12 23:59:59")))
    card(43, "accepted without a date: does not hold", ("overdue", "overdue"), jd_dues(at("11-07 09:00:00")))
    card(44, "rejected: nothing changes", ("overdue", "warning"), jd_dues(at("11-08 08:00:00")))
    card(45, "no answer 48 h after sending: lapsed", ("overdue", "overdue"), jd_dues(at("11-06 08:00:00")))
    card(46, "pending until 2026-11-10 18:00", ("urgent", "on_track"), jd_dues(at("11-08 16:00:00")))
    card(47, "late by the base dates, met by the accepted ones", ("met", "met"), (at("11-06 18:00"), at("11-07 18:00")))


def make_broken_ids():
    """19-digit ids kept as numbers: the last digits are gone. One row is sound."""
    headings = ["主订单编号", "子订单编号", "选购商品", "商品数量", "订单应付金额", "订单提交时间", "支付完成时间", "订单状态", "承诺发货时间", "发货时间"]
    lines = [[dy_id(n), dy_id(n), pick(GOODS, n), "1", "49.90", "2026-11-08 09:00:00", "2026-11-08 09:00:00", "待发货", "2026-11-10 09:00:00", "-"] for n in (81, 82)]
    lines += [["6.9526100483927E+18", "6.9526100483927E+18"] + lines[0][2:], [dy_id(84), dy_id(84)] + lines[0][2:]]
    write_xlsx(TESTS / "twins/broken-ids.xlsx", [headings] + lines, "订单数据", numbers=("主订单编号", "子订单编号"), number_rows=(1, 2))


def rfc(due):
    return due.isoformat() if due else ""


def write_expected():
    head = ["marketplace", "order_id", "sub_order_id", "rule", "state", "due_at", "note"]
    seen = set()
    for row in EXPECTED:
        assert row[:4] not in seen, row
        seen.add(row[:4])
    for name, rows in (("samples.csv", EXPECTED), ("samples-casebook.csv", WITH_CARDS)):
        write(TESTS / "expected" / name, csv_text([head] + [[*r[:5], rfc(r[5]), r[6]] for r in rows], newline="\n"))


README = """# Invented orders, and what is to be expected of them

Everything in this folder is invented: shops, buyers, orders, parcels, numbers. Names and phones are masked as the platforms mask them.
`python3 samples/make.py` makes every file again, byte for byte.

The samples are made for **2026-11-09 12:00 in China** (20:00 of 8 November in Los Angeles), two days before Double 11:

    shipby audit samples/ -o report.xlsx --as-of "2026-11-09 12:00"

Without `--as-of` the present moment counts, and what was still open then is overdue by now. Stores: the folders `alibaba`, `jd`, `douyin`,
`pinduoduo` and (where a report has no footer) `ebay`; `京选示例店` by its store column; the other eBay sellers by the footers of their reports.

The tables give for every order what it shows and, for each deadline rule that is raised, the state and the instant it is due, without a casebook. `(…)` names the
sub-order where an order is judged line by line. The same as data: `tests/expected/samples.csv`. Compare the instants, not their text: a due date is given in the zone its
day ends in.

* Store week of `京选示例店`, 2026-W45: 40 judged, 38 met, 2 late: exactly 95 %, so 2 points (not 7), headroom 0.
* `tests/twins/`: the main exports again as workbooks, the same orders; times are real date cells in those of JD and Pinduoduo and text in the others.
  `tests/twins/broken-ids.xlsx`: ids that lost digits (two as numbers, one as `6.95…E+18`; the last row is sound).
* `tests/casebook/`: an example of a casebook. `tests/expected/samples-casebook.csv`: the JD orders that its cards sheet touches, judged with it.

"""

LAYOUTS = {
    "jd/1158620043.csv": "GBK, the 30 columns of 2016; joined by `jd/tracking.csv`.",
    "jd/1158733516.csv": "GBK, 48 columns of 2019 (the last two are a guess). No tracking file joins it.",
    "jd/京选示例店_订单_1102-1108.csv": "GBK, 35 columns of 2018 and a store column; joined by `jd/京选示例店_物流.csv`.",
    "douyin/抖店订单_ERP导出.csv": "An ERP's re-export: chosen columns, ids as `=\"…\"`, marks, a totals row. No tracking file joins it.",
    "alibaba/国际站订单_中文表头.csv": "Plain Chinese headings, no shipping time, but a receipt time.",
}


def write_readme():
    text = README
    for file, rows in TABLES.items():
        text += f"## `{file}`\n\n" + (LAYOUTS[file] + "\n\n" if file in LAYOUTS else "")
        text += "| order | shows | expected |\n|---|---|---|\n"
        lines = {}
        for order_id, shows, found in rows:
            cell = lines.setdefault(order_id, ([], []))
            cell[0].append(shows)
            for sub, rule, state, due in found:
                when = due.strftime(" %m-%d %H:%M:%S %z") if due else ""
                cell[1].append(f"{rule}{f' ({sub})' if sub else ''} **{state}**{when}")
        for order_id, (shows, found) in lines.items():
            text += f"| {order_id} | {'; '.join(shows)} | {'<br>'.join(found) or '-'} |\n"
        text += "\n"
    write(SAMPLES / "README.md", text.rstrip() + "\n")


if __name__ == "__main__":
    make_alibaba()
    make_alibaba_plain()
    make_jd()
    make_jd_2019()
    make_jd_week()
    make_jd_after()
    make_ebay()
    make_ebay_sites()
    make_douyin()
    make_douyin_main_order()
    make_douyin_erp()
    make_pdd()
    make_casebook()
    make_broken_ids()
    write_expected()
    write_readme()
