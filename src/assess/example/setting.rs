//! The order of a worked example, and its casebook.

use super::Example;
use super::casebook::CasebookRows;
use crate::casebook::Casebook;
use crate::normalise::region::{self, Place};
use crate::normalise::{At, Batch, Clock, Input, InputKind, Ledger, Order, Span, Store, parse_local};
use crate::order::{
    AfterSales, Arena, Field, FieldKind, Flags, Instant, Line, Marketplace, OrderType, Parcel, Region, Stage,
    Stamp, Status, Whereabouts,
};
use crate::recognise::{Column, Kind, TimeStyle};
use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use std::collections::BTreeMap;

/// The ledger of an example, its casebook, and its moment.
pub(in crate::assess) fn setting(
    marketplace: Marketplace,
    example: &Example,
) -> Result<(Ledger, Casebook, Instant), String> {
    let other = example.get("marketplace") == Some("other");
    let marketplace = if other { Marketplace::Other("other") } else { marketplace };
    let zone = zone_of(marketplace);
    let as_of = example.get("as_of").ok_or("no as_of")?;
    let as_of = parse_local(as_of, zone, FieldKind::Moment).ok_or_else(|| format!("as_of {as_of}"))?;
    let (ledger, casebook) = build(marketplace, zone, example)?;
    Ok((ledger, casebook, as_of))
}

/// The zone in which the times of an example are written.
pub fn zone_of(marketplace: Marketplace) -> Tz {
    match marketplace {
        Marketplace::Ebay => Tz::America__Los_Angeles,
        _ => Tz::Asia__Shanghai,
    }
}

/// A ledger of the one order of an example, and its casebook.
fn build(marketplace: Marketplace, zone: Tz, example: &Example) -> Result<(Ledger, Casebook), String> {
    let day_zone = if marketplace == Marketplace::Alibaba { Tz::America__Los_Angeles } else { zone };
    let clock = Clock {
        export_zone: zone,
        day_zone,
        styles: vec![TimeStyle::YearFirst],
        months: BTreeMap::new(),
        whole_days: true,
    };
    let mut arena = Arena::default();
    let mut line = Line { row: 2, order_id: arena.keep("1"), ..Line::default() };
    let mut parcel = Parcel { row: 2, ..Parcel::default() };
    let mut store = Store { name: "A".to_owned(), ..Store::default() };
    let (mut tracked, mut columns, mut copies) = (false, Vec::new(), 1);
    let mut casebook = CasebookRows::default();
    let mut after_sales = AfterSales::default();
    for (name, cell) in &example.given {
        match name.as_str() {
            "as_of" | "marketplace" => {}
            "status" => line.status = status(cell)?,
            "payment" if cell == "cash-on-delivery" => {
                line.flags.set(Flags::CASH_ON_DELIVERY);
                // A cash order has no payment yet: its clock runs from the order.
                line.set_time(Field::OrderedAt, line.time(Field::PaidAt));
            }
            "payment" => {}
            "order_type" => line.order_type = order_type(cell)?,
            "marks" => match cell.as_str() {
                "exempted" => line.flags.set(Flags::EXEMPTED),
                "deferred" => line.flags.set(Flags::DEFERRED),
                "bad-phone" => line.flags.set(Flags::BAD_PHONE),
                "two-provinces" => line.flags.set(Flags::TWO_PROVINCES),
                _ => {}
            },
            "ship_from" => line.ship_from = place(cell)?,
            "ship_to" => line.ship_to = place(cell)?,
            "carrier" => line.carrier = arena.keep(empty(cell)),
            "case.granted_by" => after_sales.granted_by = arena.keep(empty(cell)),
            "case.state" => after_sales.state = arena.keep(empty(cell)),
            "case.return_state" => after_sales.return_state = arena.keep(empty(cell)),
            "case.intercept_state" => after_sales.intercept_state = arena.keep(empty(cell)),
            "case.goods" => after_sales.goods = whereabouts(cell)?,
            "whereabouts" => {
                parcel.whereabouts = whereabouts(cell)?;
                tracked |= cell != "-";
            }
            "e_waybill" => {
                parcel.e_waybill = crate::normalise::yes_no(cell);
                tracked = true;
            }
            "parcel.service" => {
                parcel.service = arena.keep(empty(cell));
                tracked = true;
            }
            "service" => line.service = arena.keep(cell.trim_start_matches('-')),
            "item_id" => line.item_id = arena.keep(cell.trim_start_matches('-')),
            "cancel_reason" if cell == "stockout" => line.flags.set(Flags::STOCKOUT),
            "cancel_reason" if cell == "buyer-wish" => line.flags.set(Flags::BUYER_WISH),
            "cancel_reason" => {}
            "downgraded" => {
                parcel.downgraded = crate::normalise::yes_no(cell);
                tracked = true;
            }
            "handling_days" => store.handling_days = cell.parse().ok(),
            "copies" => copies = cell.parse().map_err(|_| format!("copies {cell}"))?,
            _ if CasebookRows::sheet(name).is_some() => casebook.set(name, cell),
            "case.kind" => after_sales.kind = arena.keep(empty(cell)),
            _ if name.starts_with("case.") => {
                let field = Field::parse(&name[5..]).ok_or_else(|| format!("no field {name}"))?;
                after_sales.set_time(field, stamp(&clock, field, cell)?);
            }
            _ => {
                let field = Field::parse(name).ok_or_else(|| format!("no field {name}"))?;
                let target = if field == Field::StandsAt { Field::PaidAt } else { field };
                let stamp = stamp(&clock, field, cell)?;
                if stamp != Stamp::NO_COLUMN {
                    columns.push(Column { heading: name.clone(), field: Some(target), known: true });
                }
                line.set_time(target, stamp);
                if line.time(target) != stamp {
                    parcel.set_time(target, stamp);
                    tracked |= stamp != Stamp::NO_COLUMN;
                }
            }
        }
    }
    let casebook = casebook.finish(marketplace)?;
    let asked = example.given.iter().any(|(name, cell)| name.starts_with("case.") && cell != "-");
    let input = |kind, tracking| Input {
        kind: InputKind::Known(kind),
        marketplace: Some(marketplace),
        clock: Some(clock.clone()),
        columns: columns.clone(),
        tracking,
        ..Input::blank("example.csv")
    };
    let batch = |input| Batch { input, arena: arena.clone(), ..Batch::default() };
    let ledger = Ledger {
        inputs: vec![input(Kind::Orders, Vec::new()), input(Kind::Tracking, Vec::new())],
        stores: vec![store],
        batches: vec![
            Batch { lines: [line].into_iter().collect(), ..batch(0) },
            Batch { parcels: [parcel].into_iter().collect(), after_sales: vec![after_sales], ..batch(1) },
        ],
        orders: vec![Order {
            duplicate: copies > 1,
            lines: Span { start: 0, len: 1 },
            parcels: Span { start: 0, len: u32::from(tracked) },
            after_sales: Span { start: 0, len: u32::from(asked) },
            ..Order::default()
        }],
        lines: vec![At { batch: 0, index: 0 }],
        parcels: vec![At { batch: 1, index: 0 }],
        after_sales: vec![At { batch: 1, index: 0 }],
        ..Ledger::default()
    };
    Ok((ledger, casebook))
}

fn stamp(clock: &Clock, field: Field, cell: &str) -> Result<Stamp, String> {
    Ok(match cell {
        "?" => Stamp::NO_COLUMN,
        "-" => Stamp::BLANK,
        "!" => Stamp::UNREADABLE,
        _ => {
            let written = clock.write(cell).ok_or_else(|| format!("{}: {cell}", field.as_str()))?;
            Stamp::from(clock.instant(written, field.kind()))
        }
    })
}

/// Where it ships from or to; `-` where nobody said, and so it is for a place abroad.
fn place(cell: &str) -> Result<Region, String> {
    match (cell, region::parse(cell)) {
        ("-", _) | (_, Some(Place::Foreign(_))) => Ok(Region::UNKNOWN),
        (_, Some(Place::China(region))) => Ok(region),
        (_, None) => Err(format!("place {cell}")),
    }
}

fn status(cell: &str) -> Result<Status, String> {
    let word: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = cell.into_deserializer();
    Stage::deserialize(word).map(Status::of).map_err(|_| format!("status {cell}"))
}

fn whereabouts(cell: &str) -> Result<Whereabouts, String> {
    Ok(match cell {
        "-" => Whereabouts::Unknown,
        "unshipped" => Whereabouts::Unshipped,
        "on-its-way" => Whereabouts::OnItsWay,
        "at-station" => Whereabouts::AtStation,
        "signed" => Whereabouts::Signed,
        _ => return Err(format!("whereabouts {cell}")),
    })
}

/// What a cell holds: `-` is an empty one.
fn empty(cell: &str) -> &str {
    if cell == "-" { "" } else { cell }
}

fn order_type(cell: &str) -> Result<OrderType, String> {
    Ok(match cell {
        "-" => OrderType::Unknown,
        "direct" => OrderType::Direct,
        "non-direct" => OrderType::NonDirect,
        "presale" => OrderType::Presale,
        _ => return Err(format!("order_type {cell}")),
    })
}
