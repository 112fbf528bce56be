//! While days off are extended, eBay does not assess its shipping mandate and the misuse of SpeedPAK options.

use crate::assess::prelude::*;
use crate::assess::standing;

/// The shipping mandate is not assessed for an order to be handled in these days.
pub static RULE: Rule = Rule {
    code: Code("EBY105"),
    name: "mandate-suspended",
    needs: &[Field::ShipBy, Field::PaidAt],
    params: &["ebay.mandate-suspended"],
    logic: Logic::Check(check),
    note: true,
    examples: "
        ship_by     paid_at     status             ship_from  as_of             | state
        2020-02-09  2020-01-25  awaiting-shipment  CN         2020-02-01 12:00  | advice: mandate-suspended
        2020-02-10  2020-01-25  awaiting-shipment  CN         2020-02-01 12:00  | nothing
        2020-02-02  2020-01-25  awaiting-shipment  HK         2020-02-01 12:00  | advice: mandate-suspended
        2020-02-03  2020-01-25  awaiting-shipment  HK         2020-02-01 12:00  | nothing
        2020-02-02  2020-01-25  awaiting-shipment  -          2020-02-01 12:00  | nothing
        -           2020-01-25  awaiting-shipment  CN         2020-02-01 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let area = case.area().as_str();
    let windows = case.book.ebay.mandate_suspended.entries.iter().flat_map(|entry| &entry.value);
    let mut here = windows.filter(|off| off.area == area).peekable();
    // Most orders are no case for it, and judging the handle-by again is not free.
    if here.peek().is_none() || case.day().is_some_and(|day| here.clone().all(|off| day > off.last)) {
        return Ok(None);
    }
    let Some(due) = standing(case, Code("EBY001")).and_then(|finding| finding.base_due_at) else {
        return Ok(None);
    };
    let due = day_in(case.day_zone(), due);
    let inside = here.any(|off| (off.first..=off.last).contains(&due));
    Ok(inside.then_some(Advice { key: "mandate-suspended", until: None, problem: None }))
}
