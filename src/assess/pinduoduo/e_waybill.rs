//! 电子面单: a store that ships on its own electronic waybill is not punished for what the courier does.

use crate::assess::prelude::*;

/// A Pinduoduo parcel on the store's own electronic waybill has its logistics deadlines waived.
pub static RULE: Rule = Rule {
    code: Code("PDD102"),
    name: "e-waybill",
    needs: &[Field::EWaybill],
    params: &[],
    logic: Logic::Exemption { of: &[Code("PDD002"), Code("PDD003")], judge },
    note: false,
    examples: "
        shipped_at        picked_up_at      e_waybill  status   as_of             | state          effect
        2026-11-07 10:00  -                 yes        shipped  2026-11-09 12:00  | waived         waived
        2026-11-07 10:00  2026-11-08 11:00  yes        shipped  2026-11-09 12:00  | waived         waived
        2026-11-07 10:00  -                 no         shipped  2026-11-09 12:00  | overdue by 1d 2h  -
        2026-11-07 10:00  -                 -          shipped  2026-11-09 12:00  | overdue by 1d 2h  -
        2026-11-07 10:00  2026-11-08 10:00  yes        shipped  2026-11-09 12:00  | waived         waived
    ",
};

fn judge(case: &Case<'_>, _: &Obligation) -> Judged<Option<Relief>> {
    let own = case.parcel.is_some_and(|parcel| parcel.record.e_waybill == Some(true));
    Ok(own.then_some(Relief::Waive))
}
