//! Policy numbers as data: dated, sourced, graded. No number of a rule stands in code.

mod book;
mod calendar;
mod load;
mod overlay;
mod param;
mod sections;

pub use book::{Book, Shown, hex};
pub use calendar::{Area, Calendar};
pub use load::BookError;
pub use param::{
    DailyCurve, DaysOff, Entry, Grade, JdStart, OrderWindow, Param, Percent, RegionWindow, ShipDate,
    ShipWindow, Source, Span, Value, WindowDue,
};
pub use sections::Scan;
