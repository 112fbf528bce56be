//! Room 4: orders to findings.
//!
//! A rule is a constant in a file of its own, a folder a marketplace; [`registry`] lists them. The engine asks
//! every deadline rule for its obligation, lets exemptions act on it and says in which state it is. Rules never
//! call each other.

mod actions;
mod alibaba;
mod booked;
mod case;
mod defects;
mod douyin;
mod ebay;
mod engine;
pub mod example;
mod exempt;
mod facts;
mod finding;
mod general;
mod jd;
mod pinduoduo;
mod prelude;
pub mod registry;
mod rule;
mod seats;
mod traces;
mod trail;

pub use actions::{Action, actions};
pub use case::{Case, Context, Step};
pub use defects::{DefectVerdict, JudgedDefect, Protection, defects};
pub use douyin::{Address, FilingBatch, FilingOrder, douyin_filing, filing_batches, filing_rank};
pub use engine::{judge, judge_into, standing};
pub use finding::{Finding, Verdict};
pub use jd::note as filing_note;
pub use pinduoduo::next_look;
pub use rule::{
    Advice, Clock, Code, Deadline, Done, Gap, Judged, Logic, Obligation, Relief, Rule, State, Unit,
};
pub use trail::trail;
