//! From the text of cells to the words of the trade.

pub mod region;
