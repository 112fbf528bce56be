//! Masking at the edge: what belongs to a buyer is hidden in reports unless the user says otherwise.
//!
//! What counts as private is told by the field a column feeds, else by its heading; texts in other columns are
//! searched for phone and identity numbers. What a platform has hidden already stays as it is.

use crate::normalise::{Issue, Problem, is_masked};
use crate::order::{Field, FieldKind};
use crate::recognise::Column;
use std::borrow::Cow;

/// What a column holds, as far as privacy is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Private {
    /// Nothing private: ids, times, amounts.
    No,
    /// Text in which a phone or identity number may stand.
    Text,
    /// A time or a status: words that read like a name stand there by mistake.
    Word,
    /// An address.
    Address,
    /// A name or an account.
    Name,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// The number of an identity card, a tax payer or a bank account.
    Number,
}

/// Parts of headings, in small letters, by what such a column holds; the first that fits counts.
const HEADINGS: &[(Private, &[&str])] = &[
    (Private::Name, &["身份证姓名"]),
    (
        Private::Number,
        &["身份证", "证件号", "纳税人识别号", "银行账号", "银行帐号", "tax identifier value", "tax id"],
    ),
    (Private::Email, &["email", "e-mail", "邮箱"]),
    (Private::Phone, &["电话", "手机", "联系方式", "phone", "telefon", "téléphone", "mobile"]),
    (Private::Address, &["地址", "address", "adresse"]),
    (
        Private::Name,
        &[
            "收货人",
            "收件人",
            "姓名",
            "联系人",
            "客户名",
            "昵称",
            "用户名",
            "帐号",
            "账号",
            "发票抬头",
            "个人",
            "buyer name",
            "buyer fullname",
            "buyer username",
            "user id",
            "to name",
            "name des käufers",
            "nutzername",
            "acheteur",
        ],
    ),
    (Private::No, &["单号", "编号", "编码", "sku", "商品id", "transaction", "number"]),
];

/// What a column holds.
pub fn private(field: Option<Field>, heading: &str) -> Private {
    match field {
        Some(Field::Receiver) => Private::Name,
        Some(Field::Phone) => Private::Phone,
        Some(Field::Address) => Private::Address,
        Some(
            Field::LastTrace
            | Field::SellerRemark
            | Field::CancelReason
            | Field::ItemTitle
            | Field::ItemLocation
            | Field::ShipFrom
            | Field::Street,
        ) => Private::Text,
        Some(
            Field::OrderId
            | Field::SubOrderId
            | Field::ItemId
            | Field::SalesRecord
            | Field::Waybill
            | Field::WaybillAndCarrier,
        ) => Private::No,
        Some(Field::Status) => Private::Word,
        Some(field) if field.kind() != FieldKind::Text => Private::Word,
        // Words: what stands there by mistake may be a phone number.
        Some(_) => Private::Text,
        None => {
            let heading = heading.to_lowercase();
            HEADINGS
                .iter()
                .find(|(_, parts)| parts.iter().any(|part| heading.contains(part)))
                .map_or(Private::Text, |(private, _)| *private)
        }
    }
}

/// Hides what is private in a value.
pub fn mask(text: &str, private: Private) -> Cow<'_, str> {
    if private == Private::No
        || text.trim().is_empty()
        || is_masked(text) && !matches!(private, Private::Text | Private::Word)
    {
        return Cow::Borrowed(text);
    }
    match private {
        Private::No => Cow::Borrowed(text),
        Private::Text => scan(text),
        Private::Word if may_be_name(text) && !is_status(text) => mask(text, Private::Name),
        Private::Word => match scan(text) {
            // Words beside a phone or identity number are whose it is.
            Cow::Owned(_) => mask(text, misplaced(text)),
            plain => plain,
        },
        Private::Address => Cow::Owned(address(text)),
        Private::Name => Cow::Owned(keep(text.trim(), 1, 0)),
        Private::Email => Cow::Owned(email(text.trim())),
        Private::Phone => Cow::Owned(phone(text)),
        Private::Number => Cow::Owned(keep(text.trim(), 3, 2)),
    }
}

/// The value of a data issue with what is private in it hidden: a whole row where the row was rejected, else a cell.
pub fn mask_issue(issue: &Issue, columns: &[Column]) -> String {
    let column = issue.column.and_then(|at| columns.get(usize::from(at)));
    // Of an id that lost digits only the id stands there.
    let whole = issue.problem.rejects() && issue.problem != Problem::DigitsLost;
    match column.filter(|_| !whole) {
        Some(column) => {
            let of_column = private(column.field, &column.heading);
            // What stands in the wrong column may be anything; ids stay ids.
            let of_value = match issue.problem {
                Problem::UnreadableTime(_) | Problem::UnknownStatus => Private::Word,
                Problem::Undecodable => Private::Text,
                _ => Private::No,
            };
            mask(&issue.value, of_column.max(of_value)).into_owned()
        }
        None => mask_row(&issue.value, columns),
    }
}

/// The surnames that nearly all Chinese have, and the double ones in use.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳司马诸葛上官";

/// Words of which one stands in nearly every status there is, known or not.
const STATUS: &[&str] = &[
    "中", "付款", "作废", "关闭", "冻结", "出库", "取消", "处理", "完成", "审核", "已", "待", "成功", "打包",
    "揽收", "支付", "收货", "未", "派送", "物流", "申请", "签收", "订单", "退款", "退货", "配送", "锁定",
    "发货", "cancel", "clos", "complet", "confirm", "deliver", "dispatch", "order", "pack", "paid", "pay",
    "pending", "process", "ready", "refund", "return", "sent", "ship", "transit", "wait",
];

/// Whether a text says how far an order is.
fn is_status(text: &str) -> bool {
    let text = text.to_lowercase();
    STATUS.iter().any(|word| text.contains(word))
}

/// Whether a text reads like somebody's name: two to four Chinese characters with a surname in front, or two and more
/// words that begin with capitals. What a cell of another kind says in words (待定, n/a) does not.
fn may_be_name(text: &str) -> bool {
    let text = text.trim();
    let chars: Vec<char> = text.chars().collect();
    let chinese = chars.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    if chinese {
        return (2..=4).contains(&chars.len()) && SURNAMES.contains(chars[0]);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let letters = chars.iter().all(|c| c.is_alphabetic() || " .'-".contains(*c));
    letters && (2..=4).contains(&words.len()) && words.iter().all(capital)
}

/// Hides what is private in a whole row whose cells were joined by ` | `: as many as there are columns, unless a
/// line break or a delimiter is missing or one too many. Where that leaves open which column a cell is of, all that
/// it may be of count.
pub fn mask_row(row: &str, columns: &[Column]) -> String {
    let cells: Vec<&str> = row.split(" | ").collect();
    let (missing, extra) =
        (columns.len().saturating_sub(cells.len()), cells.len().saturating_sub(columns.len()));
    let masked = cells.iter().enumerate().map(|(at, cell)| {
        let may_be = columns.iter().take(at + missing + 1).skip(at.saturating_sub(extra));
        let private = may_be.map(|c| private(c.field, &c.heading)).max().unwrap_or(Private::Number);
        let moved = missing > 0 || extra > 0;
        // A time or an amount is nobody's name, whatever column it may be of.
        let plain = moved && cell.len() <= 19 && is_plain(cell);
        let private = if plain { Private::Text } else { private };
        // A cell too many is of no column at all: words in it may be a name.
        let private = if extra > 0 { private.max(misplaced(cell)) } else { private };
        mask(cell, if moved { private.max(Private::Text) } else { private })
    });
    masked.collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']).to_owned()
}

/// What a cell may hold whose column cannot be told: words may be a name.
pub fn misplaced(cell: &str) -> Private {
    if cell.chars().any(char::is_alphabetic) { Private::Name } else { Private::Text }
}

/// A number or a time of few digits: an amount, a count, a date.
fn is_plain(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let time = cell.contains(['-', '/', ':']) && digits <= 14;
    (digits < 7 || time) && cell.chars().all(|c| c.is_ascii_digit() || " -/:.,¥￥元%".contains(c))
}

/// The first and last characters; at least one is hidden.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (head, tail) = if chars.len() > head + tail { (head, tail) } else { (1.min(chars.len()), 0) };
    let hidden = (chars.len() - head - tail).clamp(1, 16);
    let mut out: String = chars[..head].iter().collect();
    out.extend(std::iter::repeat_n('*', hidden));
    out.extend(&chars[chars.len() - tail..]);
    out
}

/// `138******00`: six digits are hidden, as the national standard for waybills asks.
fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    keep(if digits.is_empty() { text.trim() } else { digits }, 3, 2)
}

fn email(text: &str) -> String {
    match text.split_once('@') {
        Some((name, domain)) => format!("{}@{domain}", keep(name, 1, 0)),
        None => keep(text, 1, 0),
    }
}

/// Cut before the house: the first number that 号, 室, 单元, 栋 and the like follow, else the first number.
fn address(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let first = chars.iter().position(|c| is_number(*c));
    let house = (0..chars.len()).find(|at| {
        let run = chars[*at..]
            .iter()
            .take_while(|c| is_number(**c) || matches!(c, '-' | 'A'..='Z' | 'a'..='z'))
            .count();
        is_number(chars[*at]) && chars.get(at + run).is_some_and(|c| "号室单栋幢弄楼层座".contains(*c))
    });
    let cut = house.or(first).unwrap_or(chars.len() * 2 / 3).min(24);
    let mut out: String = chars[..cut].iter().collect();
    out.push_str("***");
    out
}

/// Hides phone numbers and identity numbers in running text.
fn scan(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if end - at == 17 && matches!(bytes.get(end), Some(b'X' | b'x')) {
            end += 1;
        }
        let run = &text[at..end];
        // ASCII before and behind, so both are character boundaries.
        let hidden = if is_mobile(run) || run.strip_prefix("86").is_some_and(is_mobile) {
            Some(phone(run))
        } else if is_identity(run) {
            Some(keep(run, 3, 2))
        } else {
            None
        };
        if let Some(hidden) = hidden {
            out.push_str(&text[copied..at]);
            out.push_str(&hidden);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

fn is_mobile(run: &str) -> bool {
    let b = run.as_bytes();
    b.len() == 11 && b[0] == b'1' && (b'3'..=b'9').contains(&b[1])
}

/// Eighteen digits with a birthday in them; order numbers of as many digits rarely have one.
fn is_identity(run: &str) -> bool {
    let number = |from: usize, to: usize| run.get(from..to).and_then(|t| t.parse::<u32>().ok()).unwrap_or(0);
    run.len() == 18
        && (1900..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14))
}

#[cfg(test)]
mod tests {
    use super::{Private, mask, mask_row, may_be_name, private};
    use crate::order::Field;
    use crate::recognise::Column;

    #[test]
    fn no_status_there_is_reads_like_a_name() {
        for layout in crate::recognise::layouts(&[]).unwrap() {
            for status in layout.status.keys() {
                assert_eq!(mask(status, Private::Word), status.as_str(), "{}", layout.id);
            }
        }
    }

    #[test]
    fn values_are_hidden_by_what_they_are() {
        for (text, kind, shown) in [
            ("张三", Private::Name, "张*"),
            ("欧阳小明", Private::Name, "欧***"),
            ("Eve Jones", Private::Name, "E********"),
            ("李", Private::Name, "李*"),
            ("13812345600", Private::Phone, "138******00"),
            ("+86 138-1234-5600", Private::Phone, "138******00"),
            ("027-87654321", Private::Phone, "027******21"),
            ("138****0000", Private::Phone, "138****0000"),
            ("110101199003078515", Private::Number, "110*************15"),
            ("湖北省武汉市样例路12号3栋", Private::Address, "湖北省武汉市样例路***"),
            ("样例街道2号院5单元601室", Private::Address, "样例街道***"),
            ("12 Sample Road", Private::Address, "***"),
            ("样例路1号样例小区***", Private::Address, "样例路1号样例小区***"),
            ("eve@example.com", Private::Email, "e**@example.com"),
            ("请打13812345600联系", Private::Text, "请打138******00联系"),
            ("单号 691792676882364375", Private::Text, "单号 691792676882364375"),
            ("11010119900307851X 张*", Private::Text, "110*************1X 张*"),
            ("6917926768823643751", Private::Text, "6917926768823643751"),
            ("13812345600", Private::No, "13812345600"),
            ("欧阳小明", Private::Word, "欧***"),
            ("王芳13812345600", Private::Word, "王************"),
            ("13812345600", Private::Word, "138******00"),
            ("安排发货", Private::Word, "安排发货"),
            ("2026-11-05 10:00", Private::Word, "2026-11-05 10:00"),
            ("待定", Private::Word, "待定"),
            ("", Private::Name, ""),
        ] {
            assert_eq!(mask(text, kind), shown, "{text} {kind:?}");
        }
    }

    #[test]
    fn a_name_in_the_wrong_column_is_told_from_other_words() {
        for (text, name) in [
            ("张三", true),
            ("欧阳小明", true),
            ("Eve Jones", true),
            ("见备注", false),
            ("待定", false),
            ("n/a", false),
            ("not yet", false),
            ("TRUE", false),
            ("2026-13-40", false),
            ("王府井大街东口", false),
        ] {
            assert_eq!(may_be_name(text), name, "{text}");
        }
    }

    #[test]
    fn columns_are_told_by_field_and_heading() {
        for (field, heading, kind) in [
            (Some(Field::Receiver), "x", Private::Name),
            (Some(Field::OrderId), "订单号", Private::No),
            (Some(Field::Waybill), "运单号", Private::No),
            (Some(Field::SellerRemark), "商家备注", Private::Text),
            (None, "身份证号码", Private::Number),
            (None, "身份证姓名", Private::Name),
            (None, "用户购买手机号", Private::Phone),
            (None, "Buyer Email", Private::Email),
            (None, "Buyer Address 1", Private::Address),
            (None, "下单帐号", Private::Name),
            (None, "支付单号", Private::No),
            (None, "买家留言", Private::Text),
        ] {
            assert_eq!(private(field, heading), kind, "{heading}");
        }
    }

    #[test]
    fn a_rejected_row_is_hidden_even_where_its_cells_have_moved() {
        let column = |heading: &str, field| Column { heading: heading.to_owned(), field, known: true };
        let columns = [
            column("订单号", Some(Field::OrderId)),
            column("收货人", Some(Field::Receiver)),
            column("付款时间", Some(Field::PaidAt)),
        ];
        assert_eq!(mask_row("1 | 张三 | 2026-11-09 10:00", &columns), "1 | 张* | 2026-11-09 10:00");
        assert_eq!(mask_row("张三 | 2026-11-09 10:00", &columns), "张* | 2026-11-09 10:00");
        assert!(!mask_row("a | b | 张三 | 13812345600", &columns).contains("13812345600"));
    }
}
