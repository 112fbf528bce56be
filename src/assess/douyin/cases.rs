//! What the words of an after-sales case say.

use crate::assess::Case;
use crate::normalise::In;
use crate::order::{AfterSales, Field};

/// Words of a state after which the seller has nothing to decide any more.
const SETTLED: [&str; 10] =
    ["成功", "关闭", "拒绝", "取消", "撤销", "完成", "失败", "同意", "待退货", "待收退货"];

/// Words of a state after which nobody has anything to do.
const OVER: [&str; 7] = ["成功", "关闭", "拒绝", "取消", "撤销", "完成", "失败"];

/// Words of a state in which the seller must act.
const SELLER: [&str; 2] = ["待处理", "待商家"];

fn state_has(case: In<'_, AfterSales>, words: &[&str]) -> bool {
    words.iter().any(|word| case.text(case.record.state).contains(word))
}

/// Whether a case was agreed to or has ended.
pub fn settled(case: In<'_, AfterSales>) -> bool {
    state_has(case, &SETTLED)
}

/// Whether a case has ended.
pub fn is_over(case: In<'_, AfterSales>) -> bool {
    state_has(case, &OVER)
}

/// Whether a case waits for the seller.
pub fn waits_for_seller(case: In<'_, AfterSales>) -> bool {
    state_has(case, &SELLER)
}

/// The cases of an order on which nothing was decided yet.
pub fn open<'a>(case: &Case<'a>) -> impl Iterator<Item = In<'a, AfterSales>> {
    let decided = [Field::AgreedAt, Field::RefundedAt, Field::CancelledAt, Field::CompletedAt];
    case.after_sales()
        .filter(|c| !settled(*c))
        .filter(move |c| !decided.iter().any(|field| c.time(*field).is_known()))
}

/// Whether a case is about another item in exchange, not about money.
pub fn is_exchange(case: In<'_, AfterSales>) -> bool {
    case.text(case.record.kind).contains('换')
}

/// Whether the buyer must send the item back.
pub fn needs_return(case: In<'_, AfterSales>) -> bool {
    is_exchange(case) || case.text(case.record.kind).contains("退货")
}

/// Whether the buyer refused the parcel.
pub fn is_refused(case: In<'_, AfterSales>) -> bool {
    let record = case.record;
    let texts = [record.kind, record.state, record.return_state];
    texts.iter().any(|text| ["拒收", "拒签"].iter().any(|word| case.text(*text).contains(word)))
}
