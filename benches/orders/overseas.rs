//! Exports of Alibaba.com and eBay with their tracking files.

use super::chance::Chance;
use super::life::{DAY, HOUR, Life, NOW, Words};
use super::sheet::{Day, Habits, NamedDay, Sheet, Time};
use std::io::{self, Write};
use std::ops::Range;

const GOODS: [&str; 6] = [
    "Sample Phone Stand, foldable, aluminium alloy, for desk and travel",
    "Sample LED Strip 5 m, warm white, self-adhesive, with remote",
    "Sample Wool Socks 3 Pairs, winter, unisex, breathable",
    "Sample Desk Lamp, dimmable, USB charging port, eye care",
    "Sample Storage Box 30 L with lid, stackable",
    "Sample Wireless Earphones, noise cancelling, 24 h",
];
const BUYERS: [(&str, &str, &str); 4] = [
    ("J*** Example", "Example Trading LLC", "United States"),
    ("M*** Sample", "Sample Imports GmbH", "Germany"),
    ("A*** Demo", "Demo Retail Pty", "Australia"),
    ("C*** Muster", "Muster Distribution SA", "France"),
];
const CITIES: [(&str, &str, &str); 4] = [
    ("Springfield", "IL", "62701"),
    ("Riverton", "UT", "84065"),
    ("Fairview", "OR", "97024"),
    ("Madison", "WI", "53703"),
];

/// Alibaba.com: UTF-8 with a mark, bilingual headings; one row in ten goes on with the goods of the order before it.
pub fn alibaba(orders: &mut dyn Write, tracking: &mut dyn Write, which: Range<u64>) -> io::Result<()> {
    const WORDS: Words = Words {
        unpaid: "待买家付款",
        cancelled: "交易关闭",
        refunded: "交易关闭",
        waiting: "待卖家发货",
        shipped: "待买家确认收货",
        delivered: "待买家确认收货",
        completed: "交易成功",
    };
    let habits = Habits { mark: true, crlf: true, ..Habits::default() };
    let mut sheet = Sheet::new(orders, include_str!("headings/alibaba.csv"), habits)?;
    let mut tracks = Sheet::tracking(
        tracking,
        "物流订单号,国际物流单号,信保订单号,服务线路,货件状态,仓库,入库时间,目的地",
    )?;
    sheet.always(&[
        ("卖家名称(Seller Name)", "示例外贸"),
        ("SKU规格(Sku Specification)", "Color:Black-B002,Length:20 cm (7.87in)"),
        ("运费(Shipping Fee)", "USD 0.00"),
        ("折扣金额(Discount Amount)", "USD 0.00"),
        ("订单币种(Order Currency)", "USD"),
        ("是否有合同附件(Attachment)", "否"),
    ]);
    tracks.always(&[
        ("服务线路", "样例专线"),
        ("货件状态", "已入库"),
        ("仓库", "样例仓库"),
        ("目的地", "US"),
    ]);
    let cells = sheet.columns([
        "订单编号(Order Number)",
        "订单创建时间(Order Create Time)",
        "邮箱(Email)",
        "公司名称(Company Name)",
        "买家名称(Buyer Name)",
        "商品名称(Product Name)",
        "数量(Quantity)",
        "单价(Unit Price)",
        "订单总价(Order Amount)",
        "状态(Status)",
        "订单类型(Order Type)",
        "买家国家(Buyer Country)",
        "收货地址(Shipping Address)",
        "预付款(Initial Payment)",
        "尾款(Balance Payment)",
        "约定发货时间(Appointed Delivery Time)",
        "实际发货时间(Actual Delivery Time)",
    ]);
    let mut chance = Chance::of_orders(4, &which);
    for n in which {
        let window = chance.within(5, 25) * DAY;
        let life = Life::of(&mut chance, 180, window);
        let pieces = chance.within(1, 40) * 50;
        let (buyer, company, country) = chance.of(&BUYERS);
        let order = 253_126_789_000_000 + n * 13;
        let [
            id,
            created,
            email,
            firm,
            name,
            title,
            quantity,
            price,
            amount,
            status,
            kind,
            land,
            address,
            first,
            rest,
            agreed,
            actual,
        ] = cells;
        sheet.set(id, order);
        sheet.set(created, Time(Some(life.ordered)));
        sheet.set(email, format_args!("buyer{n:06}@example.com"));
        sheet.set(firm, company);
        sheet.set(name, buyer);
        sheet.set(title, chance.of(&GOODS));
        sheet.set(quantity, pieces);
        sheet.set(price, "USD 3.20");
        sheet.set(amount, format_args!("USD {}.00", pieces * 16 / 5));
        sheet.set(status, life.word(&WORDS));
        sheet.set(kind, if chance.mille(600) { "卖家起草订单" } else { "直接下单" });
        sheet.set(land, country);
        sheet.set(address, format_args!("{} Sample Street, Sampletown, {country}", n % 900 + 1));
        sheet.set(first, "USD 192.00");
        sheet.set(rest, format_args!("USD {}.00", pieces * 2));
        sheet.set(agreed, Day(Some(life.promise)));
        sheet.set(actual, Time(life.shipped));
        sheet.write()?;
        if chance.mille(100) {
            for column in cells {
                sheet.set(column, "");
            }
            sheet.set(title, chance.of(&GOODS));
            sheet.set(quantity, pieces);
            sheet.set(price, "USD 1.10");
            sheet.write()?;
        }
        if let Some(stored) = life.picked_up.filter(|_| chance.mille(950)) {
            let (ours, theirs) = (260_000_000 + n, 730_000_000 + n);
            tracks.put(0, [&format_args!("ALS{ours:012}"), &format_args!("SLI{theirs:012}"), &order]);
            tracks.put(6, [&Time(Some(stored))]);
            tracks.write()?;
        }
    }
    Ok(())
}

/// eBay: 82 columns, most of them empty; one order in twenty is a summary row with two items below it.
pub fn ebay(orders: &mut dyn Write, tracking: &mut dyn Write, which: Range<u64>) -> io::Result<()> {
    let habits = Habits { quote_all: true, crlf: true, ..Habits::default() };
    let mut sheet = Sheet::new(orders, include_str!("headings/ebay.csv"), habits)?;
    let mut tracks = Sheet::new(
        tracking,
        "Marketplace,Order Number,Sub-order ID,Carrier,Tracking Number,Acceptance Scan,Last Trace At,Last Trace,Status,Delivered At,Shipping Service,Service Downgraded",
        Habits::default(),
    )?;
    sheet.always(&[
        ("Sold Via Promoted Listings", "No"),
        ("Quantity", "1"),
        ("Shipping And Handling", "$0.00"),
        ("Item Location", "Shenzhen"),
        ("Item Country", "China"),
        ("eBay Collected Tax", "$0.00"),
        ("Payment Method", "Other"),
        ("Feedback Left", "No"),
        ("Shipping Service", "Economy Shipping from outside US"),
        ("Global Shipping Program", "No"),
        ("Click And Collect", "No"),
        ("eBay Plus", "No"),
        ("eBay International Shipping", "No"),
        ("Buyer Country", "United States"),
        ("Ship To Country", "United States"),
    ]);
    tracks.always(&[("Marketplace", "eBay")]);
    tracks.always(&[("Carrier", "USPS")]);
    let item_cells =
        sheet.columns(["Item Number", "Item Title", "Custom Label", "Transaction ID", "Tracking Number"]);
    let date_cells = sheet.columns([
        "Sale Date",
        "Paid On Date",
        "Ship By Date",
        "Maximum Estimated Delivery Date",
        "Shipped On Date",
    ]);
    let cells = sheet.columns([
        "Sales Record Number",
        "Order Number",
        "Buyer Username",
        "Buyer Name",
        "Buyer Email",
        "Buyer Address 1",
        "Buyer City",
        "Buyer State",
        "Buyer Zip",
        "Ship To Name",
        "Ship To Address 1",
        "Ship To City",
        "Ship To State",
        "Ship To Zip",
        "Sold For",
        "Total Price",
    ]);
    let mut chance = Chance::of_orders(5, &which);
    for n in which {
        let window = chance.within(2, 5) * DAY;
        // eBay's own clock runs 16 hours behind China's.
        let life = Life::of(&mut chance, 85, window);
        let pacific = |at: Option<i64>| at.map(|at| at - 16 * HOUR);
        let paid = pacific(life.paid);
        let order = format!(
            "{:02}-{:05}-{:05}",
            10 + n / 89_999 / 89_999 % 90,
            10_000 + n / 89_999,
            10_000 + n % 89_999
        );
        let (buyer, _, _) = chance.of(&BUYERS);
        let (city, state, zip) = chance.of(&CITIES);
        let [
            record,
            id,
            user,
            name,
            email,
            address,
            at_city,
            at_state,
            at_zip,
            to,
            to_address,
            to_city,
            to_state,
            to_zip,
            price,
            total,
        ] = cells;
        sheet.set(record, 1000 + n);
        sheet.set(id, &order);
        sheet.set(user, format_args!("sample_buyer_{n:06}"));
        sheet.set(email, format_args!("buyer{n:06}@example.com"));
        sheet.set(name, buyer);
        sheet.set(to, buyer);
        for (columns, value) in
            [([at_city, to_city], city), ([at_state, to_state], state), ([at_zip, to_zip], zip)]
        {
            for column in columns {
                sheet.set(column, value);
            }
        }
        for column in [address, to_address] {
            sheet.set(column, format_args!("{} Sample St", n % 900 + 1));
        }
        for column in [price, total] {
            sheet.set(column, format_args!("${}.99", 9 + n % 90));
        }
        let [sold, paid_on, ship_by, arrive, shipped_on] = date_cells;
        sheet.set(sold, NamedDay(pacific(Some(life.ordered))));
        sheet.set(paid_on, NamedDay(paid));
        sheet.set(ship_by, NamedDay(paid.map(|_| life.promise)));
        sheet.set(arrive, NamedDay(paid.map(|_| life.promise + 16 * DAY)));
        sheet.set(shipped_on, NamedDay(pacific(life.shipped)));
        let number = format!("9400100000000{n:09}");
        let lines = if chance.mille(50) { 2 } else { 0 };
        for line in 0..=lines {
            let [item, title, label, transaction, waybill] = item_cells;
            if line == 0 && lines > 0 {
                for column in item_cells {
                    sheet.set(column, "");
                }
            } else {
                let good = chance.within(0, 400);
                sheet.set(item, 256_000_000_000 + good);
                sheet.set(title, chance.of(&GOODS));
                sheet.set(label, format_args!("SL-{good}"));
                sheet.set(transaction, 10_052_000_000 + n * 11 + line);
                sheet.set(waybill, if life.shipped.is_some() { number.as_str() } else { "" });
            }
            sheet.write()?;
            if line == 0 && lines > 0 {
                for column in date_cells {
                    sheet.set(column, "");
                }
            }
        }
        if life.shipped.is_some() && chance.mille(990) {
            let delivered = life.shipped.map(|at| at + chance.within(6, 14) * DAY).filter(|at| *at < NOW);
            let scan = life.picked_up.or(life.shipped);
            let news = if scan.is_some() { "Arrived at sample facility" } else { "" };
            let state = if delivered.is_some() { "Delivered" } else { "In transit" };
            let last = pacific(delivered.or(life.last_trace).or(scan));
            tracks.put(1, [&order]);
            tracks.put(
                4,
                [&number, &Time(pacific(scan)), &Time(last), &news, &state, &Time(pacific(delivered))],
            );
            tracks.write()?;
        }
    }
    Ok(())
}
