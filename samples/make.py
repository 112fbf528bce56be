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


def write_xlsx(path, rows, sheet, times=(), numbers=()):
    """A workbook of text cells; columns in `times` become real date cells, those in `numbers` numbers, where they can."""
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
            if r > head + 1 and name in numbers:
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
    jd_tracking.append(["京东", order_id, "示例快递", f"JDX{7300000000 + n * 10 + parcel:010d}", full(up), full(picked), full(last),
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
        expect("jd", file, order_id, shows, [("JD001", states[0], first), ("JD002", states[1], second)])
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
    order(20, "split parent: its parts are the orders", "11-06 15:00:00", ("void", "void"), "(删除)等待出库",
          商家备注="订单拆分为 312600410021    312600410022")
    order(21, "first part of the split order", "11-06 15:00:00", ("met", "met"), S, up="11-06 18:00:00", picked="11-06 22:10:00")
    order(22, "second part of the split order, not shipped", "11-06 15:00:00", ("overdue", "overdue"), W)
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
    main.append(jd_row(32, two, S, "2026-11-06 12:58:00", "11-06 13:00:00", 客户地址="广东深圳市南山区样例街道\r\n\t样例路1号样例小区***"))
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
    order(30, "own electronic waybill: not picked up and stalled, waived", "11-03 15:00:00", "11-05 15:00:00", ("met", "waived", "waived"), T,
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
    return order, same, changed, main


if __name__ == "__main__":
    make_jd()
    make_pdd()
