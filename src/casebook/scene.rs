//! Whether a fact of the casebook touches an order.

use crate::normalise::region::Place;
use crate::order::{Instant, Region};
use chrono_tz::Tz;

/// What the casebook must know of an order to say whether a fact covers it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Its store.
    pub store: &'a str,
    /// Where it ships from and where to; [`Region::UNKNOWN`] when nobody said.
    pub ends: [Region; 2],
    /// The shipping option; empty when there is none.
    pub service: &'a str,
    /// When it was placed: windows are tested on this.
    pub ordered_at: Option<Instant>,
    /// When it was paid: windows that say so are tested on this.
    pub paid_at: Option<Instant>,
    /// Where the marketplace's days end.
    pub day_zone: Tz,
}

/// The one thing for which a fact does not cover an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Miss {
    /// It names another order.
    Order,
    /// It names another store.
    Store,
    /// It names another place.
    Place,
    /// It names a place, and the order's is not known.
    PlaceUnknown,
    /// It names another shipping option.
    Service,
    /// The order lies outside of its window.
    Window,
    /// It has a window, and the order's time is not known.
    TimeUnknown,
    /// The store opted out before the order, or at a time unknown; all else fits.
    OptedOut,
    /// It names neither an order nor a place nor a window, so that it says nothing.
    Unbounded,
}

impl Miss {
    /// The stable word for trails and for the sentences in `words`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Miss::Order => "other-order",
            Miss::Store => "other-store",
            Miss::Place => "other-place",
            Miss::PlaceUnknown => "place-unknown",
            Miss::Service => "other-service",
            Miss::Window => "outside-window",
            Miss::TimeUnknown => "time-unknown",
            Miss::OptedOut => "opted-out",
            Miss::Unbounded => "unbounded",
        }
    }
}

/// Whether a place of the casebook covers a region: itself and everything below it.
pub fn covers(place: Place, region: Region) -> bool {
    matches!(place, Place::China(area) if area.covers(region))
}

/// Whether a store named in a row, if any, is this one; case and blanks around it do not matter.
pub(super) fn fits_store(named: Option<&str>, store: &str) -> Result<(), Miss> {
    let same = |name: &str| name == store || name.trim().to_lowercase() == store.trim().to_lowercase();
    if named.is_none_or(same) { Ok(()) } else { Err(Miss::Store) }
}

/// Whether one of these places covers one of these regions.
pub(super) fn fits_place(places: &[Place], regions: &[Region]) -> Result<(), Miss> {
    if places.is_empty() || regions.iter().any(|region| places.iter().any(|place| covers(*place, *region))) {
        Ok(())
    } else if regions.iter().all(|region| region.is_known()) {
        Err(Miss::Place)
    } else {
        Err(Miss::PlaceUnknown)
    }
}

/// Whether a window takes in an instant.
pub(super) fn fits_window(window: &super::Window, at: Option<Instant>, zone: Tz) -> Result<(), Miss> {
    match at {
        _ if window.is_open() => Ok(()),
        None => Err(Miss::TimeUnknown),
        Some(at) if window.contains(at, zone) => Ok(()),
        Some(_) => Err(Miss::Window),
    }
}
