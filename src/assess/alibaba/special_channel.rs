//! Where nothing else helps, the platform names people to turn to.

use crate::assess::prelude::*;
use crate::assess::{State, standing};

/// Overdue or nearly so with no exemption in play: the special channels.
pub static RULE: Rule = Rule {
    code: Code("ALI204"),
    name: "special-channel",
    needs: &[Field::ShipBy, Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ship_by              status             agreement.kind  agreement.agreed_at  agreement.new_date   agreement.confirmed_online  as_of             | state
        2020-02-10 12:00:00  awaiting-shipment  -               -                    -                    -                           2020-02-10 12:01  | advice: special-channel
        2020-02-10 12:00:00  awaiting-shipment  -               -                    -                    -                           2020-02-09 12:00  | advice: special-channel
        2020-02-10 12:00:00  awaiting-shipment  -               -                    -                    -                           2020-02-09 11:59  | nothing
        2020-02-10 12:00:00  awaiting-shipment  extension       2020-02-09           2020-02-10 12:00:00  y                           2020-02-10 12:01  | nothing
        2020-02-10 12:00:00  awaiting-shipment  extension       2020-02-09           -                    y                           2020-02-10 12:01  | advice: special-channel
        -                    awaiting-shipment  -               -                    -                    -                           2020-02-10 12:01  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let Some(finding) = standing(case, Code("ALI001")) else { return Ok(None) };
    let pressing = matches!(finding.state, State::Overdue | State::Urgent);
    let in_play = finding.exemptions.iter().any(|(_, relief)| !matches!(relief, Relief::Refused { .. }));
    Ok((pressing && !in_play).then_some(Advice { key: "special-channel", until: None, problem: None }))
}
