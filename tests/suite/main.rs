//! The integration tests, one binary: they run the program as an operator would.
#![allow(clippy::expect_used, clippy::disallowed_methods)] // a test that cannot go on should fail where it stands

mod cli;
mod docs;
mod edges;
mod hostile;
mod properties;
mod samples;
mod snapshots;
mod support;
