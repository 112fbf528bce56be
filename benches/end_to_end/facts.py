"""What the peers know of the five exports: columns, words and deadlines. Each of them reads and judges in its own way."""
from datetime import datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
AS_OF = datetime(2026, 11, 9, 12)      # all three compute in Shanghai's local time
PACIFIC_BEHIND = 16                     # hours Pacific time lies behind it in November; 15 before the 1st
SUMMER_ENDS = datetime(2026, 11, 1)

# file, encoding, then the columns that matter; "" where the export has none.
EXPORTS = {
    "jd": dict(file="jd/1158620043.csv", encoding="gb18030", order="订单号", status="订单状态", paid="付款确认时间", ship_by="", shipped="",
               deliver_by="", tracking="jd/tracking.csv", key="订单号", up="运单上传时间", picked="揽收时间", transit="", last="最新物流时间",
               delivered="签收时间"),
    "pinduoduo": dict(file="pinduoduo/d8a1360358cbcaa3da2d5db0f5c0c4b9orders_export2026-11-09-11-40-06.csv", encoding="utf8", order="订单号",
                      status="订单状态", paid="支付时间", ship_by="承诺发货时间", shipped="发货时间", deliver_by="", tracking="pinduoduo/tracking.csv",
                      key="订单号", up="", picked="揽收时间", transit="", last="最新物流时间", delivered="签收时间"),
    "douyin": dict(file="douyin/1794195300_099860102c4a4ad5d13475abd60ddf28.csv", encoding="utf8", order="主订单编号", status="订单状态",
                   paid="支付完成时间", ship_by="承诺发货时间", shipped="发货时间", deliver_by="", tracking="douyin/tracking.csv", key="主订单编号", up="",
                   picked="揽收时间", transit="首次中转时间", last="最新物流时间", delivered="签收时间"),
    "alibaba": dict(file="alibaba/orders_20261109113500.csv", encoding="utf8", order="订单编号(Order Number)", status="状态(Status)", paid="",
                    ship_by="约定发货时间(Appointed Delivery Time)", shipped="实际发货时间(Actual Delivery Time)", deliver_by="",
                    tracking="alibaba/logistics.csv", key="信保订单号", up="", picked="入库时间", transit="", last="", delivered=""),
    "ebay": dict(file="ebay/eBay-OrdersReport-Nov-08-2026-19_55_02-0800-11400000001.csv", encoding="utf8", order="Order Number", status="",
                 paid="Paid On Date", ship_by="Ship By Date", shipped="Shipped On Date", deliver_by="Maximum Estimated Delivery Date",
                 tracking="ebay/tracking.csv", key="Order Number", up="", picked="Acceptance Scan", transit="", last="Last Trace At",
                 delivered="Delivered At"),
}

ENDED = ["已取消", "未发货，退款成功", "已关闭", "交易关闭", "等待付款", "待付款", "待支付", "待买家付款"]

# marketplace, rule: due = start + hours, met by `done`; None as hours: the start is the deadline. `days`: a deadline given as a Pacific day.
DEADLINES = [
    ("jd", "JD001", "paid", 24, "up"), ("jd", "JD002", "paid", 48, "picked"),
    ("pinduoduo", "PDD001", "ship_by", None, "shipped"), ("pinduoduo", "PDD002", "shipped", 24, "picked"), ("pinduoduo", "PDD003", "last", 48, "delivered"),
    ("douyin", "DY001", "ship_by", None, "shipped"), ("douyin", "DY002", "shipped", 24, "picked"), ("douyin", "DY003", "picked", 24, "transit"),
    ("douyin", "DY004", "last", 48, "delivered"),
    ("alibaba", "ALI001", "ship_by", "days", "shipped"),
    ("ebay", "EBY001", "ship_by", "days", "shipped"), ("ebay", "EBY002", "deliver_by", "days", "delivered"),
]
SOON = {"days": 72}                     # hours ahead in which a deadline is at risk
HEADINGS = ["marketplace", "order", "rule", "state", "due", "late by (h)", "status", "paid", "ship by", "shipped", "picked up", "transit",
            "last trace", "delivered"]

# What the list of shipby says of an order besides; the peers write it too, so that all write about as many cells.
WORDS = ["deadline", "clock", "do first", "then", "otherwise", "consequence"]
SHIP = ("Ship now by a service that keeps the promise", "Tell the buyer the latest state", "If nothing helps: cancel, and not for stock")
CHASE = ("Ask the courier where the parcel is", "Enter the waybill again if it is wrong", "File for it while it can be filed")
SAYS = {
    "JD001": ("Ship by", "Shanghai time", *SHIP, "Counts as shipped late"),
    "JD002": ("Pickup by", "Shanghai time", *CHASE, "Counts as picked up late"),
    "PDD001": ("Ship by", "Shanghai time", *SHIP, "The buyer is paid for a late shipment"),
    "PDD002": ("Pickup in time", "Shanghai time", *CHASE, "The buyer is paid for a false shipment"),
    "PDD003": ("Trace goes on", "Shanghai time", *CHASE, "The buyer may ask for the money back"),
    "DY001": ("Ship by", "Shanghai time", *SHIP, "The buyer is paid for a late shipment"),
    "DY002": ("Pickup in time", "Shanghai time", *CHASE, "The buyer is paid for a false shipment"),
    "DY003": ("First transit", "Shanghai time", *CHASE, "The buyer is paid for a false shipment"),
    "DY004": ("Trace goes on", "Shanghai time", *CHASE, "The buyer may ask for the money back"),
    "ALI001": ("Ship by", "Shanghai time", *SHIP, "Counts against the rate of orders shipped in time"),
    "EBY001": ("Handle by", "Shanghai time", *SHIP, "Counts as a late shipment"),
    "EBY002": ("Deliver by", "Shanghai time", *CHASE, "Counts as a late delivery"),
}
