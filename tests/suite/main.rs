//! The integration tests, one binary: they run the program as an operator would.

mod cli;
mod docs;
mod samples;
mod support;
