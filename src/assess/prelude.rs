//! What a rule file uses.

pub use crate::assess::case::Case;
pub use crate::assess::rule::{
    Advice, Clock, Code, Deadline, Gap, Judged, Logic, Obligation, Relief, Rule, Unit,
};
pub use crate::normalise::day_in;
pub use crate::order::Field;
