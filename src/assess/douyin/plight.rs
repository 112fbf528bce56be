//! In which trouble an order is now: which end of its way is affected, and which of its clocks are at risk.

use super::facts;
use crate::assess::{Case, Code, Finding, Relief, State};
use crate::casebook::{Side, covers};
use crate::order::{Region, Stage};

/// Which end of an order's way is affected at the moment of the audit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// Where it ships from.
    pub origin: bool,
    /// Where it ships to.
    pub destination: bool,
}

impl Affected {
    /// Whether either end is.
    pub const fn any(self) -> bool {
        self.origin || self.destination
    }
}

/// By the states of regions now, and by the notices for a place that cover the order.
pub fn affected(case: &Case<'_>) -> Affected {
    let (from, to) = (case.ships_from(), case.line.record.ship_to);
    let closed = |place: Region| facts::extension(case, place, case.as_of).is_some();
    let mut affected = Affected { origin: closed(from), destination: closed(to) };
    for notice in facts::shipping_notices(case).filter(|notice| facts::fit(case, notice).is_ok()) {
        let Some(region) = notice.region else { continue };
        affected.origin |= notice.side != Side::Destination && covers(region, from);
        affected.destination |= notice.side != Side::Origin && covers(region, to);
    }
    affected
}

/// The four clocks of shipping and transport that run on the order.
pub fn clocks(case: &Case<'_>) -> Vec<Finding> {
    let codes = ["DY001", "DY002", "DY003", "DY004"];
    codes.into_iter().filter_map(|code| case.obligation(Code(code))).collect()
}

/// Whether a clock runs out, or has run out, and can still be met.
pub fn presses(finding: &Finding) -> bool {
    matches!(finding.state, State::Overdue | State::Urgent | State::Warning)
}

/// Whether an exemption acts on a clock by proof.
pub fn exempt(finding: &Finding) -> bool {
    finding.exemptions.iter().any(|(_, relief)| matches!(relief, Relief::Extend(_) | Relief::Waive))
}

/// Whether a claim on a clock is under review.
pub fn pending(finding: &Finding) -> bool {
    finding.exemptions.iter().any(|(_, relief)| matches!(relief, Relief::Pending { .. }))
}

/// Whether the order has still to be shipped.
pub fn unshipped(case: &Case<'_>) -> bool {
    use Stage::{AwaitingShipment, New, PartlyShipped, Shipping};
    matches!(case.status().stage, New | AwaitingShipment | Shipping | PartlyShipped)
}
