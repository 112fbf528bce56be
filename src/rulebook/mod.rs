//! Policy numbers as data: dated, sourced, graded. No number of a rule stands in code.

mod book;
mod calendar;
mod load;
mod overlay;
mod param;
mod sections;
mod windows;

pub use book::{Book, Shown, hex};
pub use calendar::{Area, Calendar};
pub use load::BookError;
pub use param::{DailyCurve, Entry, Grade, JdStart, Param, Percent, Source, Span, Value};
pub use sections::Scan;
pub use windows::{DaysOff, OrderWindow, RegionWindow, ShipDate, ShipWindow, WindowDue};
