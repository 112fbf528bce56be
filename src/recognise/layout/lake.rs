//! Layouts of lake tables: the canonical names of fields as headings, the words and zones of a marketplace.

use super::{Layout, TimeStyle, Word};
use crate::order::{Field, Stage};
use crate::recognise::layout::Kind;

/// Columns one of which orders have and tracking has not.
const OF_ORDERS: [&str; 4] = ["status", "ordered_at", "paid_at", "ship_by"];
/// Columns one of which tracking has.
const OF_TRACKING: [&str; 4] = ["picked_up_at", "first_transit_at", "last_trace_at", "delivered_at"];
/// The stages by which a lake may name a status beside the platform's own words.
const STAGES: [(&str, Stage); 12] = [
    ("unpaid", Stage::Unpaid),
    ("new", Stage::New),
    ("awaiting-shipment", Stage::AwaitingShipment),
    ("shipping", Stage::Shipping),
    ("partly-shipped", Stage::PartlyShipped),
    ("shipped", Stage::Shipped),
    ("delivered", Stage::Delivered),
    ("completed", Stage::Completed),
    ("cancelled", Stage::Cancelled),
    ("refunded-unshipped", Stage::RefundedUnshipped),
    ("refunded-shipped", Stage::RefundedShipped),
    ("refunded-delivered", Stage::RefundedDelivered),
];

impl Layout {
    /// The layout of a lake table with the words and zones of another. Its orders are told by the heading
    /// `marketplace: ID`, which the reader of Parquet writes.
    pub fn lake(base: &Layout) -> Layout {
        let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let of = base.marketplace.map_or("tracking", crate::order::Marketplace::as_str);
        let marked = format!("marketplace: {of}");
        let (must, any, reject) = if base.kind == Kind::Tracking {
            (vec![texts(&["order_id", "waybill"])], texts(&OF_TRACKING), texts(&OF_ORDERS))
        } else {
            (vec![vec![marked.clone()], texts(&["order_id"])], texts(&OF_ORDERS), Vec::new())
        };
        let mut layout = Layout {
            id: format!("{of}-lake"),
            must,
            any,
            reject,
            bilingual: false,
            times: vec![TimeStyle::YearFirst, TimeStyle::MonthNameFirst, TimeStyle::DayMonthName],
            footers: Vec::new(),
            seller_footer: None,
            summary_rows: false,
            rows_share_cells: false,
            other: Vec::new(),
            ..base.clone()
        };
        layout.columns = Field::ALL
            .iter()
            .filter(|field| **field != Field::StandsAt)
            .map(|field| (*field, vec![field.as_str().replace('-', "_")]))
            .collect();
        if base.kind == Kind::Orders {
            layout.columns.entry(Field::Marketplace).or_default().push(marked);
            layout.status.extend(STAGES.map(|(word, stage)| (word.to_owned(), Word::Stage(stage))));
        }
        layout.index();
        layout
    }
}
