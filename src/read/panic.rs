//! Panics of the workbook readers, made into faults.
//!
//! Broken workbooks make the readers panic at many places. Such a panic must neither end the run nor print
//! anything: its place goes into the fault instead.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::ReadFault;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

static HOOK: Once = Once::new();

/// Calls a reader; a panic of it is [`ReadFault::Panicked`]. What the reader was working on must be
/// dropped then.
pub(super) fn caught<T>(reader: impl FnOnce() -> Result<T, ReadFault>) -> Result<T, ReadFault> {
    HOOK.call_once(install);
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(reader));
    GUARDED.set(outer);
    result.unwrap_or_else(|_| Err(ReadFault::Panicked { at: PLACE.take() }))
}

/// Keeps the place of guarded panics; all others are reported as before.
fn install() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if GUARDED.get() {
            let place = info.location().map_or_else(String::new, |place| {
                // From the crate on: where the crate was unpacked is nobody's business.
                let file = place.file().rsplit_once("/registry/src/").map_or(place.file(), |(_, file)| file);
                let file = file.split_once('/').map_or(file, |(_, file)| file);
                format!("{file}:{}", place.line())
            });
            PLACE.set(place);
        } else {
            before(info);
        }
    }));
}
