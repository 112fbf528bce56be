//! Exports of JD, Pinduoduo and Douyin with their tracking files.

use super::chance::Chance;
use super::life::{HOUR, Life, NOW, Words};
use super::sheet::{Habits, Sheet, Time};
use std::io::{self, Write};
use std::ops::Range;

const GOODS: [&str; 8] = [
    "示例保温杯 500ml 不锈钢便携水杯 大容量户外学生杯",
    "示例充电线 Type-C 快充数据线 1.5米 编织加粗",
    "示例棉袜 5双装 秋冬加厚 吸汗透气 男女中筒袜",
    "示例收纳盒 大号 折叠衣物整理箱 带盖防尘",
    "示例蓝牙耳机 入耳式 降噪长续航 运动款",
    "示例护眼台灯 可调光 学习阅读 USB充电",
    "示例四件套 纯棉床品 亲肤裸睡 1.8米床",
    "示例坚果礼盒 每日混合 独立小包 750g",
];
const NAMES: [&str; 7] = ["张*", "李*", "王*", "赵*", "陈*", "刘*", "周*"];
const CARRIERS: [&str; 5] = ["圆通速递", "中通快递", "韵达快递", "申通快递", "极兔速递"];
/// Province with its ending, as JD writes it without, city, district.
const PLACES: [(&str, &str, &str, &str); 12] = [
    ("广东省", "广东", "深圳市", "南山区"),
    ("浙江省", "浙江", "杭州市", "余杭区"),
    ("四川省", "四川", "成都市", "武侯区"),
    ("湖北省", "湖北", "武汉市", "洪山区"),
    ("山东省", "山东", "青岛市", "市南区"),
    ("上海市", "上海", "上海市", "闵行区"),
    ("河南省", "河南", "郑州市", "金水区"),
    ("江苏省", "江苏", "苏州市", "吴中区"),
    ("陕西省", "陕西", "西安市", "雁塔区"),
    ("云南省", "云南", "昆明市", "官渡区"),
    ("辽宁省", "辽宁", "沈阳市", "和平区"),
    ("新疆维吾尔自治区", "新疆", "乌鲁木齐市", "天山区"),
];

/// JD: GB18030, quotes only where needed, its tracking in UTF-8.
pub fn jd(orders: &mut dyn Write, tracking: &mut dyn Write, which: Range<u64>) -> io::Result<()> {
    const WORDS: Words = Words {
        unpaid: "等待付款",
        cancelled: "已取消",
        refunded: "已取消",
        waiting: "等待出库",
        shipped: "等待确认收货",
        delivered: "等待确认收货",
        completed: "完成",
    };
    let habits = Habits { gb18030: true, crlf: true, ..Habits::default() };
    let mut sheet = Sheet::new(orders, include_str!("headings/jd.csv"), habits)?;
    let mut tracks = Sheet::tracking(
        tracking,
        "平台,订单号,快递公司,运单号,运单上传时间,揽收时间,最新物流时间,最新物流信息,物流状态,签收时间",
    )?;
    sheet.always(&[
        ("订购数量", "1"),
        ("支付方式", "在线支付"),
        ("订单类型", "销售订单"),
        ("联系电话", "138****0000"),
        ("发票类型", "电子发票"),
        ("发票抬头", "个人"),
        ("发票内容", "明细"),
        ("运费金额", "0.00"),
        ("余额支付", "0.00"),
        ("订单来源", "APP"),
        ("订单渠道", "京东"),
    ]);
    tracks.always(&[("平台", "京东")]);
    let cells = sheet.columns([
        "订单号",
        "商品ID",
        "商品名称",
        "下单时间",
        "订单状态",
        "下单帐号",
        "客户姓名",
        "客户地址",
        "付款确认时间",
        "货号",
        "订单完成时间",
    ]);
    let amounts = sheet.columns(["京东价", "订单金额", "结算金额", "应付金额"]);
    let mut chance = Chance::of_orders(1, &which);
    for n in which {
        let life = Life::of(&mut chance, 50, 24 * HOUR);
        let item = chance.within(0, 400);
        let (_, province, city, district) = chance.of(&PLACES);
        let name = chance.of(&NAMES);
        let address =
            format!("{province}{city}{district}样例街道样例路{}号样例小区{}栋***", item + 1, n % 40 + 1);
        let [id, item_id, title, ordered, status, account, receiver, place, paid, sku, completed] = cells;
        sheet.set(id, 312_600_000_000 + n * 7);
        sheet.set(item_id, 10_026_000_000 + item);
        sheet.set(title, chance.of(&GOODS));
        sheet.set(ordered, Time(Some(life.ordered)));
        sheet.set(status, life.word(&WORDS));
        sheet.set(account, format_args!("jd_示例{n:06}"));
        sheet.set(receiver, name);
        sheet.set(place, address);
        sheet.set(paid, Time(life.paid));
        sheet.set(sku, format_args!("SL-{item:03}"));
        sheet.set(completed, Time(life.completed));
        for amount in amounts {
            sheet.set(amount, format_args!("{}.90", 19 + item));
        }
        sheet.write()?;
        if let Some(shipped) = life.shipped.filter(|_| chance.mille(990)) {
            let waybill = format_args!("JDX{:012}", 7_300_000_000 + n * 3);
            tracks
                .put(1, [&(312_600_000_000 + n * 7), &chance.of(&CARRIERS), &waybill, &Time(Some(shipped))]);
            tracks.put(5, [&Time(life.picked_up)]);
            trace(&mut tracks, 6, &life, life.last_trace.or(life.shipped));
            tracks.write()?;
        }
    }
    Ok(())
}

/// Pinduoduo: UTF-8 with a mark, a TAB behind ids, times and amounts.
pub fn pinduoduo(orders: &mut dyn Write, tracking: &mut dyn Write, which: Range<u64>) -> io::Result<()> {
    const WORDS: Words = Words {
        unpaid: "待付款",
        cancelled: "已取消",
        refunded: "未发货，退款成功",
        waiting: "待发货",
        shipped: "已发货，待签收",
        delivered: "已签收",
        completed: "已签收",
    };
    let habits = Habits { mark: true, crlf: true, ..Habits::default() };
    let mut sheet = Sheet::new(orders, include_str!("headings/pinduoduo.csv"), habits)?;
    let mut tracks = Sheet::tracking(
        tracking,
        "订单号,快递公司,快递单号,揽收时间,最新物流时间,最新物流信息,物流状态,签收时间,电子面单",
    )?;
    sheet.always(&[
        ("店铺优惠折扣(元)", "0\t"),
        ("平台优惠折扣(元)", "0\t"),
        ("邮费(元)", "0\t"),
        ("商品数量(件)", "1\t"),
        ("手机", "138****0000\t"),
        ("是否审核中", "否\t"),
        ("街道", "样例街道"),
        ("商品规格", "标准款"),
        ("支付方式", "微信"),
        ("售后状态", "无售后或售后取消"),
    ]);
    tracks.always(&[("电子面单", "否")]);
    let cells = sheet.columns([
        "商品",
        "订单号",
        "订单状态",
        "收货人",
        "省",
        "市",
        "区",
        "支付时间",
        "拼单成功时间",
        "订单确认时间",
        "承诺发货时间",
        "发货时间",
        "确认收货时间",
        "商品id",
        "样式ID",
        "快递单号",
        "快递公司",
    ]);
    let amounts = sheet.columns(["商品总价(元)", "用户实付金额(元)", "商家实收金额(元)"]);
    let mut chance = Chance::of_orders(2, &which);
    for n in which {
        let window = if chance.mille(100) { 24 * HOUR } else { 48 * HOUR };
        let life = Life::of(&mut chance, 50, window);
        let item = chance.within(0, 400);
        let (province, _, city, district) = chance.of(&PLACES);
        let carrier = chance.of(&CARRIERS);
        let order = format!("2611{:02}-{:015}", n % 28 + 1, 412_008_371_500_000 + n * 7);
        let [
            title,
            id,
            status,
            receiver,
            p,
            c,
            d,
            paid,
            grouped,
            confirmed,
            promise,
            shipped,
            signed_for,
            item_id,
            style,
            waybill,
            by,
        ] = cells;
        let grouping = life.paid.is_some();
        sheet.set(title, chance.of(&GOODS));
        sheet.set(id, format_args!("{order}\t"));
        sheet.set(status, life.word(&WORDS));
        sheet.set(receiver, chance.of(&NAMES));
        sheet.set(p, province);
        sheet.set(c, city);
        sheet.set(d, district);
        for column in [paid, grouped, confirmed] {
            sheet.set(column, format_args!("{}\t", Time(life.paid)));
        }
        sheet.set(promise, format_args!("{}\t", Time(grouping.then_some(life.promise))));
        sheet.set(shipped, format_args!("{}\t", Time(life.shipped)));
        sheet.set(signed_for, format_args!("{}\t", Time(life.completed)));
        sheet.set(item_id, format_args!("{}\t", 46_100_000_000 + item));
        sheet.set(style, format_args!("{}\t", 118_000_000_000 + item));
        let number = format!("YT{:013}", 8_800_000_000 + n * 3);
        sheet.set(waybill, if life.shipped.is_some() { format!("{number}\t") } else { String::new() });
        sheet.set(by, if life.shipped.is_some() { carrier } else { "" });
        for amount in amounts {
            sheet.set(amount, format_args!("{}.90\t", 19 + item));
        }
        sheet.write()?;
        if life.shipped.is_some() && chance.mille(990) {
            tracks.put(0, [&order, &carrier, &number, &Time(life.picked_up)]);
            trace(&mut tracks, 4, &life, life.last_trace);
            tracks.write()?;
        }
    }
    Ok(())
}

/// Douyin: UTF-8 with a mark, every cell in quotes, a TAB before ids, `-` for nothing; one row in twelve is a second
/// line of the order before it.
pub fn douyin(orders: &mut dyn Write, tracking: &mut dyn Write, which: Range<u64>) -> io::Result<()> {
    const WORDS: Words = Words {
        unpaid: "待支付",
        cancelled: "已关闭",
        refunded: "已关闭",
        waiting: "待发货",
        shipped: "已发货",
        delivered: "已发货",
        completed: "已完成",
    };
    let habits = Habits { mark: true, quote_all: true, fill: "-", ..Habits::default() };
    let mut sheet = Sheet::new(orders, include_str!("headings/douyin.csv"), habits)?;
    let mut tracks = Sheet::tracking(
        tracking,
        "平台,主订单编号,子订单编号,快递公司,运单号,揽收时间,首次中转时间,最新物流时间,最新物流信息,包裹状态,签收时间",
    )?;
    sheet.always(&[
        ("商品规格", "\t标准款"),
        ("商品数量", "1"),
        ("运费", "0.00"),
        ("优惠总金额", "0.00"),
        ("平台优惠", "0.00"),
        ("商家优惠", "0.00"),
        ("支付方式", "微信支付"),
        ("收件人手机号", "138****0000"),
        ("街道", "样例街道"),
        ("是否修改过地址", "否"),
        ("旗帜颜色", "灰"),
        ("APP渠道", "抖音"),
        ("流量来源", "商品卡"),
        ("订单类型", "普通订单"),
        ("是否安心购", "否"),
    ]);
    tracks.always(&[("平台", "抖店")]);
    let cells = sheet.columns([
        "主订单编号",
        "子订单编号",
        "选购商品",
        "商品ID",
        "商家编码",
        "收件人",
        "省",
        "市",
        "区",
        "详细地址",
        "订单提交时间",
        "订单完成时间",
        "支付完成时间",
        "订单状态",
        "承诺发货时间",
        "发货时间",
        "商品单价",
        "订单应付金额",
    ]);
    let dash = |at: Option<i64>| at.map_or_else(|| "-".to_owned(), |at| Time(Some(at)).to_string());
    let mut chance = Chance::of_orders(3, &which);
    for n in which {
        let life = Life::of(&mut chance, 50, 48 * HOUR);
        let (province, _, city, district) = chance.of(&PLACES);
        let receiver_name = chance.of(&NAMES);
        let order = 6_952_610_048_392_700_000 + n * 13;
        let lines = if chance.mille(80) { 2 } else { 1 };
        let [
            id,
            sub,
            title,
            item_id,
            sku,
            receiver,
            p,
            c,
            d,
            address,
            ordered,
            completed,
            paid,
            status,
            promise,
            shipped,
            price,
            amount,
        ] = cells;
        for line in 0..lines {
            let item = chance.within(0, 400);
            sheet.set(id, format_args!("\t{order}"));
            sheet.set(sub, format_args!("\t{}", order + line));
            sheet.set(title, format_args!("\t{}", chance.of(&GOODS)));
            sheet.set(item_id, format_args!("\t{}", 37_210_000_000_000_000 + item));
            sheet.set(sku, format_args!("\tSL-{item:03}"));
            sheet.set(receiver, receiver_name);
            sheet.set(p, province);
            sheet.set(c, city);
            sheet.set(d, district);
            sheet.set(address, format_args!("样例路{}号样例小区{}栋***", item + 1, n % 40 + 1));
            sheet.set(ordered, Time(Some(life.ordered)));
            sheet.set(completed, dash(life.completed));
            sheet.set(paid, dash(life.paid));
            sheet.set(status, life.word(&WORDS));
            sheet.set(promise, dash(life.paid.map(|_| life.promise)));
            sheet.set(shipped, dash(life.shipped));
            sheet.set(price, format_args!("{}.90", 19 + item));
            sheet.set(amount, format_args!("{}.90", 19 + item));
            sheet.write()?;
        }
        if life.shipped.is_some() && chance.mille(990) {
            let waybill = format_args!("YL{:013}", 5_500_000_000 + n * 3);
            tracks.put(1, [&order, &order, &chance.of(&CARRIERS), &waybill]);
            tracks.put(5, [&Time(life.picked_up), &Time(life.transit)]);
            trace(&mut tracks, 7, &life, life.last_trace);
            tracks.write()?;
        }
    }
    Ok(())
}

/// The last trace of a parcel, its news, its state and when it was signed for, from a column on.
fn trace(tracks: &mut Sheet<'_>, from: usize, life: &Life, last: Option<i64>) {
    tracks.put(from, [&Time(last), &news_of(life), &state_of(life), &Time(life.delivered)]);
}

fn news_of(life: &Life) -> &'static str {
    match life {
        Life { delivered: Some(_), .. } => "您的快件已签收",
        Life { transit: Some(_), .. } => "快件已到达样例分拨中心",
        Life { picked_up: Some(_), .. } => "快件已被揽收",
        _ => "商家已打印运单",
    }
}

fn state_of(life: &Life) -> &'static str {
    match life {
        Life { delivered: Some(at), .. } if *at < NOW => "已签收",
        Life { picked_up: Some(_), .. } => "运输中",
        _ => "待揽收",
    }
}
