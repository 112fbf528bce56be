//! shipby: marketplace order exports in, an annotated report of late and at-risk orders out.

pub mod normalise;
pub mod order;
pub mod read;
