//! JD moves the pickup of orders from before a long holiday to a day after it; a notice in the casebook says it better
//! than the window that is built in.

use crate::assess::facts::best;
use crate::assess::prelude::*;
use crate::casebook::{Miss, Notice, NoticeKind, When};
use crate::order::Marketplace;
use crate::rulebook::ShipWindow;

/// JD orders placed in a platform window are picked up by the day the window names.
pub static RULE: Rule = Rule {
    code: Code("JD104"),
    name: "platform-window",
    needs: &[Field::OrderedAt],
    params: &["jd.platform-window"],
    logic: Logic::Exemption { of: &[Code("JD002")], judge },
    note: false,
    examples: "
        ordered_at        stands_at         picked_up_at         notice.kind  notice.side  notice.ordered_from  notice.ordered_to  notice.extend_to  notice.opted_out  as_of             | state            effect
        2023-01-16 00:00  2023-01-16 00:00  2023-02-01 23:59:59  -            -            -                    -                  -                 -                 2023-02-03 00:00  | met              extended to 2023-02-01 23:59
        2023-01-28 23:59  2023-01-28 23:59  2023-02-02 00:00     -            -            -                    -                  -                 -                 2023-02-03 00:00  | late by 1s       extended to 2023-02-01 23:59
        2023-01-29 00:00  2023-01-29 00:00  2023-02-01 12:00     -            -            -                    -                  -                 -                 2023-02-03 00:00  | late by 1d 12h   -
        2023-01-15 23:59  2023-01-15 23:59  2023-02-01 12:00     -            -            -                    -                  -                 -                 2023-02-03 00:00  | late by 14d 12h 1m  -
        2023-01-20 10:00  2023-01-20 10:00  2023-01-31 12:00     shipping     either       2023-01-19           2023-01-27         2023-01-30        -                 2023-02-03 00:00  | late by 12h 1s   extended to 2023-01-30 23:59
        2023-01-17 10:00  2023-01-17 10:00  2023-01-20 10:00     shipping     either       2023-01-19           2023-01-27         2023-01-30        -                 2023-02-03 00:00  | late by 1d       -
        2023-01-20 10:00  2023-01-20 10:00  2023-01-23 10:00     shipping     either       2023-01-19           2023-01-27         2023-01-30        y                 2023-02-03 00:00  | late by 1d       refused: window-opted-out
        -                 -                 -                    -            -            -                    -                  -                 -                 2023-02-03 00:00  | nothing          -
    ",
};

fn judge(case: &Case<'_>, _: &Obligation) -> Judged<Option<Relief>> {
    let (scene, zone) = (case.scene(), case.day_zone());
    let built_in = case.value(&case.book.jd.platform_window);
    let mut replaced = false;
    let mut claims = Vec::new();
    for notice in case.run.casebook.notices(Marketplace::Jd).filter(|it| it.kind == NoticeKind::Shipping) {
        let Some(to) = notice.extend_to else { continue };
        let fit = notice.fit(&scene);
        let here = !matches!(fit, Err(Miss::Store));
        replaced |= here && built_in.is_some_and(|window| replaces(case, notice, window));
        match fit {
            Ok(()) => {
                case.note_row("notice_extend_to", to.end(zone), "notices", notice.row);
                claims.push(Relief::Extend(to.end(zone)));
            }
            Err(Miss::OptedOut) => claims.push(Relief::Refused { why: "window-opted-out" }),
            Err(_) => {}
        }
    }
    if claims.is_empty() && !replaced {
        claims.extend(built_in.and_then(|window| within(case, window)));
    }
    Ok(best(claims))
}

/// The built-in window holds everywhere: a notice for everywhere about the same days takes its place.
fn replaces(case: &Case<'_>, notice: &Notice, window: &ShipWindow) -> bool {
    let zone = case.day_zone();
    let before = When::Day(window.first).start(zone) - chrono::Duration::seconds(1);
    let end = When::Day(window.last).end(zone);
    notice.region.is_none() && notice.service.is_none() && notice.ordered.overlaps(before, end, zone)
}

fn within(case: &Case<'_>, window: &ShipWindow) -> Option<Relief> {
    let day = case.day().filter(|day| (window.first..=window.last).contains(day));
    day.and_then(|_| case.end_of(window.due)).map(Relief::Extend)
}
