//! The integration tests, one binary: they run the program as an operator would.
#![allow(clippy::expect_used, clippy::disallowed_methods)] // a test that cannot go on should fail where it stands

mod casebooks;
mod cli;
mod docs;
mod edges;
mod hostile;
mod lake;
mod made;
mod oracle;
mod oracle_douyin;
mod oracle_jd;
mod oracle_pinduoduo;
mod parts;
mod properties;
mod recount;
mod samples;
mod scan;
mod scan_worked;
mod since;
mod snapshots;
mod support;
