//! Policy numbers as data: dated, sourced, graded. No number of a rule stands in code.

mod calendar;
mod load;
mod param;

pub use calendar::{Area, Calendar};
pub use load::{Book, BookError, Shown};
pub use param::{DaysOff, Entry, Grade, JdStart, Param, Percent, Source, Span, Value};
