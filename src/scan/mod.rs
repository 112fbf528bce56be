//! Before a promotion: what happens if so many orders come and so many can be shipped.
//!
//! [`scan`] takes an audit and a [`Plan`]. What is open comes from the audit, what is expected is asked of the rules
//! with orders made up, and the model ships hour by hour; docs/scan.md says how and why.

mod answers;
mod backlog;
mod bench;
mod capacity;
mod days;
mod demand;
mod expect;
mod jd;
mod least;
mod list;
mod model;
mod plan;
mod promise;
mod run;
mod shops;
mod trials;
mod verdict;

pub use answers::{Paper, PaperKind, Presale, Restriction, Spot, Task, Today};
pub use backlog::{Backlog, Open, Pending, backlog, ship_rule};
pub use bench::Case;
pub use capacity::{Capacity, Roster, scaled};
pub use days::{Day, Figures, Load};
pub use demand::{Board, Cell, Draft};
pub use expect::{Arrivals, Expected, Span, Spell, arrivals};
pub use jd::{JdStore, Weeks};
pub use least::{least, none_late};
pub use list::{ListError, capacities, expected, number, totals as expected_totals};
pub use model::{Counts, Demand, Lot, Outcome, simulate};
pub use plan::{Grid, HOURS, Shifts, ZONE, spread};
pub use promise::{Promise, promises};
pub use run::{Least, Plan, Scan, Totals, scan};
pub use shops::{Shop, Shops};
pub use trials::{Draws, Trials, trials};
pub use verdict::{Reason, Verdict};

use crate::normalise::region::{self, Place};

/// The name of a place of the casebook.
pub fn place_name(place: Place) -> String {
    match place {
        Place::China(area) => region::name(area),
        Place::Foreign(code) => code.to_owned(),
    }
}
