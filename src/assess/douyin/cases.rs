//! What the words of an after-sales case say.

use crate::normalise::In;
use crate::order::AfterSales;

/// Words of a state after which the seller has nothing to decide any more.
const SETTLED: [&str; 10] =
    ["成功", "关闭", "拒绝", "取消", "撤销", "完成", "失败", "同意", "待退货", "待收退货"];

/// Words of a state in which the seller must act.
const SELLER: [&str; 2] = ["待处理", "待商家"];

fn state_has(case: In<'_, AfterSales>, words: &[&str]) -> bool {
    words.iter().any(|word| case.text(case.record.state).contains(word))
}

/// Whether a case was agreed to or has ended.
pub fn settled(case: In<'_, AfterSales>) -> bool {
    state_has(case, &SETTLED)
}

/// Whether a case waits for the seller.
pub fn waits_for_seller(case: In<'_, AfterSales>) -> bool {
    state_has(case, &SELLER)
}
