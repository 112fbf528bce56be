//! Masking at the edge: what belongs to a buyer is hidden in reports unless the user says otherwise.
//!
//! What counts as private is told by the field a column feeds, else by its heading; texts in other columns are
//! searched for phone and identity numbers. What a platform has hidden already stays as it is.

mod columns;
mod hide;
#[cfg(test)]
mod tests;

use crate::normalise::{Issue, Problem, is_masked, says_nothing};
use crate::recognise::Column;
pub use columns::{Private, private};
use hide::{SHORTEST, address, email, keep, phone, scan};
use std::borrow::Cow;

/// Hides what is private in a value.
pub fn mask(text: &str, private: Private) -> Cow<'_, str> {
    // No phone or identity number is as short.
    let short = private == Private::Text && text.len() < SHORTEST;
    if private == Private::No || short || says_nothing(text) {
        return Cow::Borrowed(text);
    }
    if is_masked(text) && !matches!(private, Private::Text | Private::Word) {
        return beside_mask(text, private);
    }
    match private {
        Private::No => Cow::Borrowed(text),
        Private::Text => scan(text),
        Private::Word if may_be_name(text) && !is_status(text) => mask(text, Private::Name),
        Private::Word => match scan(text) {
            // Words beside a phone or identity number are whose it is.
            Cow::Owned(_) => mask(text, misplaced(text)),
            plain @ Cow::Borrowed(_) => plain,
        },
        Private::Address => Cow::Owned(address(text)),
        Private::Name => Cow::Owned(keep(text.trim(), 1, 0)),
        Private::Email => Cow::Owned(email(text.trim())),
        Private::Phone => Cow::Owned(phone(text)),
        Private::Number => Cow::Owned(keep(text.trim(), 3, 2)),
    }
}

/// What a platform has hidden stays as it is; what somebody wrote beside it is not hidden yet.
fn beside_mask(text: &str, private: Private) -> Cow<'_, str> {
    let is_name = |part: &str| private == Private::Name && !part.contains('*') && may_be_name(part);
    if !text.split(' ').any(is_name) {
        return scan(text);
    }
    let parts: Vec<String> = text
        .split(' ')
        .map(|part| if is_name(part) { keep(part, 1, 0) } else { scan(part).into_owned() })
        .collect();
    Cow::Owned(parts.join(" "))
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
    if text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        let surname = |c| SURNAMES.contains(c);
        return (2..=4).contains(&text.chars().count()) && text.chars().next().is_some_and(surname);
    }
    let words = || text.split_whitespace();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let letters = text.chars().all(|c| c.is_alphabetic() || " .'-".contains(c));
    letters && (2..=4).contains(&words().count()) && words().all(capital)
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
