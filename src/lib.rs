//! shipby: marketplace order exports in, an annotated report of late and at-risk orders out.
//!
//! The pipeline on one page, a room a stage:
//!
//! 1. [`read`]: bytes to rows. Files are told by their content; text is cut into blocks, workbooks are streamed.
//! 2. [`recognise`]: headings to a layout. What each platform's columns and words mean is data.
//! 3. [`normalise`]: rows to orders and faults. Times become instants; rows, copies and tracking meet.
//! 4. [`assess`]: orders to findings. Rules raise obligations, exemptions act on them, the engine says where they stand.
//! 5. [`tally`]: findings to rates, points, headroom and totals.
//! 6. [`report`]: the audit to files a manager forwards and an operator works through.
//!
//! [`scan`] asks before a promotion whether its orders can be shipped in time.
//!
//! [`compare`] sets two audits side by side: what is new, what is resolved, what has been open for how long.
//!
//! [`parts`] lets many machines do the work of one: what a worker found as Parquet, and the report of many workers.
//!
//! # Entry points
//!
//! | to | call |
//! |---|---|
//! | find files | [`read::discover`] |
//! | read them into orders | [`normalise::load`], with [`recognise::layouts`] |
//! | judge and count | [`audit`](fn@audit), with [`rulebook::Book`] and [`casebook::Casebook`] |
//! | look at one order | [`Audit::verdict`] |
//! | add counts up | [`tally::Tally::merge`] |
//! | write a part | [`normalise::read_files`], [`parts::Draft`] |
//! | merge parts | [`parts::merge`] |
//! | write reports | [`report::json::write_json`], [`report::json::write_ndjson`], [`report::workbook::write_workbook`], [`report::write_csv`], [`parts::write_findings`] |
//!
//! These keep their meaning within a major version; the schemas they write (`shipby.audit/1`, `shipby.part/1`) have numbers
//! of their own. `examples/audit.rs` runs them all: `cargo run --example audit -- samples`.
//!
//! [`order`] is the vocabulary all rooms share; [`rulebook`] holds the policy numbers, [`casebook`] the facts no
//! export holds, [`words`] every sentence a person reads.

pub mod assess;
mod audit;
pub mod casebook;
pub mod cli;
pub mod compare;
pub mod normalise;
pub mod order;
pub mod parts;
pub mod read;
pub mod recognise;
pub mod report;
pub mod rulebook;
pub mod scan;
mod spare;
pub mod tally;
pub mod words;

pub use audit::{Audit, AuditError, Shown, audit};
