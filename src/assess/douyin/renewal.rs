//! A filing that ends while its place is still affected is filed again, unless a notice takes over (source: 2.9).

use super::{facts, plight};
use crate::assess::prelude::*;
use crate::casebook::FilingStatus;

/// A filing that soon ends and still holds a Douyin order back is renewed.
pub static RULE: Rule = Rule {
    code: Code("DY203"),
    name: "renewal",
    needs: &[],
    params: &["douyin.filing-renewal"],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        ordered_at        ship_by           status             ship_to             filing.kind  filing.order_id  filing.submitted_at  filing.status  filing.extended_to  region.region  region.risk  region.from  notice.kind  notice.side  notice.region  notice.extend_days  as_of                | state
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     approved       2026-11-12 10:00    湖北/武汉      high         2026-11-06   -            -            -              -                   2026-11-10 10:00     | advice: file-again
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     approved       2026-11-12 10:00    湖北/武汉      high         2026-11-06   -            -            -              -                   2026-11-10 09:59:59  | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     approved       2026-11-12 10:00    湖北/武汉      high         2026-11-06   -            -            -              -                   2026-11-12 10:01     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     approved       2026-11-12 10:00    湖北/武汉      high         2026-11-06   shipping     destination  湖北           3                   2026-11-11 10:00     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     approved       2026-11-12 10:00    湖北/武汉      low          2026-11-06   -            -            -              -                   2026-11-11 10:00     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     rejected       2026-11-12 10:00    湖北/武汉      high         2026-11-06   -            -            -              -                   2026-11-11 10:00     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  region       1                2026-11-08 10:00     approved       -                   湖北/武汉      high         2026-11-06   -            -            -              -                   2026-11-11 10:00     | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    let approved = facts::filings(case).filter(|(f, fit)| fit.is_ok() && f.status == FilingStatus::Approved);
    let ends = approved.filter_map(|(f, _)| f.extended_to.or(f.window.to)).map(|end| facts::end(case, end));
    let Some(end) = ends.max() else { return Ok(None) };
    let near = case.value(&case.book.douyin.filing_renewal).is_some_and(|span| end - case.as_of <= span.0);
    if case.as_of > end || !near || !plight::affected(case).any() || !plight::unshipped(case) {
        return Ok(None);
    }
    // The platform goes on extending by itself where it has a notice.
    let noticed = facts::shipping_notices(case).any(|notice| facts::fit(case, notice).is_ok());
    Ok((!noticed).then_some(Advice { key: "file-again", until: Some(end), problem: None }))
}
