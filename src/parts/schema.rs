//! The tables of a part. The schema's number changes whenever a table or the meaning of a column does.

use super::table::{Column, Kind, Table};
use std::fmt::Write as _;

/// The schema of parts.
pub const SCHEMA: &str = "shipby.part/1";

const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Text, about }
}
const fn int(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Int, about }
}
const fn long(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Long, about }
}
const fn yes(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Bool, about }
}
const fn time(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Time, about }
}

/// The inputs: a row a file or sheet.
pub const INPUTS: Table = Table {
    name: "inputs",
    about: "a file or sheet that was read, or that could not be",
    columns: &[
        int("file", "its file among those of the part, counted from 0"),
        text("path", "its path, as reports show it"),
        text("sheet", "the sheet of a workbook"),
        text("kind", "orders, after-sales, tracking, unrecognised, unreadable, left-out"),
        text("marketplace", "the marketplace, where it is known"),
        text("store", "the store of its rows, unless a row says another"),
        text("format", "csv, xlsx, parquet …"),
        int("rows", "rows read"),
        int("in_orders", "rows of orders; rows of tracking and after-sales join later"),
        int("rejected", "rows rejected, each with a fault"),
        int("skipped", "rows skipped: blank, preamble, totals"),
        text("error", "why it gave nothing: a stable word"),
        text("facts", "all else that is known of it, as JSON"),
    ],
};

/// Lines of orders as they were read.
pub const LINES: Table = Table {
    name: "lines",
    about: "a line of an order as one row of an export gives it, before copies are resolved and tracking is joined",
    columns: &[
        int("input", "its row in inputs, counted from 0"),
        int("row", "its row in the file, counted from 1"),
        text("order_id", "the order"),
        text("sub_order_id", "the line"),
        text("waybill", "the waybill that the export shows"),
        text("carrier", "the carrier that the export shows"),
        text("service", "the shipping option"),
        text("item_id", "the item"),
        text("store", "the store, where the row says it"),
        text("written_to", "province, city and district as written, where the district is not known"),
        text("status", "how far it has come"),
        yes("held", "the platform holds it"),
        text("order_type", "direct, non-direct, presale"),
        int("flags", "yes-or-no facts, a bit each"),
        int("ship_to", "where it goes: a code of GB/T 2260, 1 the mainland"),
        int("ship_from", "where it comes from, likewise"),
        time("ordered_at", "placed"),
        time("paid_at", "paid"),
        time("balance_paid_at", "the balance of a presale paid"),
        time("grouped_at", "the buying group complete"),
        time("ship_by", "the platform's own deadline"),
        time("scheduled_ship_at", "the shipping time of a reserved order"),
        time("shipped_at", "shipped"),
        time("deliver_by", "the latest delivery date shown to the buyer"),
        time("estimated_delivery_at", "the delivery estimate"),
        time("completed_at", "completed"),
        time("cancelled_at", "cancelled"),
        int(
            "absent",
            "why times are null, two bits each from the first: 0 no column, 1 no row, 2 blank, 3 unreadable",
        ),
    ],
};

/// Parcels as they were read.
pub const PARCELS: Table = Table {
    name: "parcels",
    about: "a parcel as one row of a tracking file gives it, not yet joined to its order",
    columns: &[
        int("input", "its row in inputs, counted from 0"),
        int("row", "its row in the file, counted from 1"),
        text("order_id", "the order; null in a courier's own list"),
        text("sub_order_id", "the line it carries"),
        text("waybill", "the waybill"),
        text("carrier", "the carrier"),
        text("store", "the store, where the row says it"),
        text("marketplace", "the marketplace, where the row says it"),
        text("service", "the shipping service"),
        int("offsets", "which times were written with an offset, a bit each"),
        yes("e_waybill", "on the store's own electronic waybill"),
        yes("downgraded", "by a lesser service"),
        text("whereabouts", "where it is: unshipped, on-its-way, at-station, signed"),
        time("shipped_at", "shipped"),
        time("picked_up_at", "the courier's first scan"),
        time("first_transit_at", "the first trace after it"),
        time("last_trace_at", "the newest trace"),
        time("delivered_at", "signed for"),
        time("estimated_delivery_at", "the courier's estimate"),
        int("absent", "why times are null, as in lines"),
    ],
};

/// After-sales cases as they were read.
pub const CASES: Table = Table {
    name: "cases",
    about: "an after-sales case as one row of an export gives it, not yet joined to its order",
    columns: &[
        int("input", "its row in inputs, counted from 0"),
        int("row", "its row in the file, counted from 1"),
        text("case_id", "the case"),
        text("order_id", "the order"),
        text("sub_order_id", "the line it is about"),
        text("store", "the store, where the row says it"),
        text("kind", "what is asked for, as the platform words it"),
        text("state", "how far it has come, as the platform words it"),
        text("granted_by", "who granted it, as the platform words it"),
        text("return_waybill", "the waybill of the return"),
        text("return_state", "state of the return, as the platform words it"),
        text("intercept_state", "state of an interception, as the platform words it"),
        text("goods", "where the goods were, as in parcels"),
        time("asked_at", "asked for"),
        time("agreed_at", "agreed to"),
        time("refunded_at", "refunded"),
        time("cancelled_at", "cancelled"),
        time("completed_at", "completed"),
        time("auto_process_at", "when the platform decides by itself"),
        time("return_sent_at", "the return sent"),
        int("absent", "why times are null, as in lines"),
    ],
};

/// What could not be read, unmasked.
pub const FAULTS: Table = Table {
    name: "faults",
    about: "what reading could not use, cells as they stand; issues has them masked",
    columns: &[
        int("input", "its row in inputs, counted from 0"),
        int("row", "its row in the file, counted from 1; 0 for the whole"),
        int("line", "its line in the file, where that differs; else 0"),
        int("column", "the column, counted from 0"),
        text("value", "the cell, or the whole row"),
        text("problem", "what is wrong: a stable word"),
        text("field", "the field it is about"),
        text("other_field", "the other field, of two times that contradict each other"),
    ],
};

/// Orders as they were judged.
pub const ORDERS: Table = Table {
    name: "orders",
    about: "an order as it was judged with what lay in this part",
    columns: &[
        text("marketplace", "the marketplace"),
        text("store", "the store"),
        text("order_id", "the order"),
        text("path", "the file of its first row"),
        text("sheet", "the sheet of its first row"),
        int("row", "its first row"),
        text("status", "how far it has come"),
        text("risk", "the worst state of its findings"),
        yes("at_risk", "whether something can still go wrong or has"),
        yes("duplicate", "whether it stood in several files of this part"),
        text("rule", "the rule that leads"),
        time("due_at", "the deadline that leads"),
    ],
};

/// Findings.
pub const FINDINGS: Table = Table {
    name: "findings",
    about: "what one rule says of one order",
    columns: &[
        text("marketplace", "the marketplace"),
        text("store", "the store"),
        text("order_id", "the order"),
        text("sub_order_id", "the line, where the order is judged line by line"),
        text("path", "the file of its first row"),
        text("sheet", "the sheet of its first row"),
        int("row", "its first row"),
        text("rule", "the rule"),
        text("state", "the state, as in the JSON of an audit"),
        yes("is_risk", "whether it puts the order at risk"),
        time("due_at", "by when, after exemptions"),
        time("base_due_at", "by when, before exemptions"),
        time("rule_due_at", "by the rule's own clock, where it differs from the platform's"),
        text("clock", "whose clock"),
        time("done_at", "when it was done"),
        text("field", "the field that is missing or unclear"),
        text("advice", "what a check found"),
        text("exemptions", "exemptions that found a claim, as CODE:effect, joined by blanks"),
        text("actions", "what to do, as codes joined by blanks"),
    ],
};

/// Counts by store.
pub const STORES: Table = Table {
    name: "stores",
    about: "counts of a store over the orders of this part; adding them up over parts counts every order once, unless it stands in several",
    columns: &[
        text("marketplace", "the marketplace"),
        text("store", "the store"),
        long("orders", "orders"),
        long("at_risk", "orders at risk"),
        long("overdue", "orders that are overdue"),
        long("urgent", "orders that are urgent"),
        long("warning", "orders in the warning window"),
        long("late", "orders done too late"),
        long("due_12h", "orders at risk due within 12 hours"),
        long("due_24h", "orders at risk due within 24 hours"),
        long("exempt_proved", "orders exempt by proof"),
        long("exempt_claimed", "orders with a claim that is open"),
    ],
};

/// Counts behind the rates, by store and period.
pub const SCORES: Table = Table {
    name: "scores",
    about: "counts of a store in a period over the orders of this part; they add up over parts like those of stores",
    columns: &[
        text("marketplace", "the marketplace"),
        text("store", "the store"),
        text("rule", "the rule of the score"),
        text("period", "a day, an ISO week or a month"),
        long("met", "done in time"),
        long("late", "done too late"),
        long("overdue", "not done and past due"),
        long("open", "not done and not yet due"),
        long("delayed", "orders with a breach, one each"),
    ],
};

/// Data issues, masked.
pub const ISSUES: Table = Table {
    name: "issues",
    about: "a data issue, of reading or of judging, with personal data hidden",
    columns: &[
        text("path", "the file"),
        text("sheet", "the sheet"),
        int("row", "the row, counted from 1; 0 for the whole"),
        text("column", "the heading of the column"),
        text("value", "the cell, masked"),
        text("problem", "what is wrong: a stable word"),
    ],
};

/// The tables as Markdown, for `docs/parts.md`.
pub fn as_markdown() -> String {
    let mut text = String::new();
    for table in RECORDS.iter().chain(&JUDGED) {
        let _ = write!(text, "### {}.parquet\n\nA row is {}.\n\n", table.name, table.about);
        text.push_str("| column | type | |\n|---|---|---|\n");
        for column in table.columns {
            let _ = writeln!(text, "| {} | {} | {} |", column.name, column.kind.as_str(), column.about);
        }
        text.push('\n');
    }
    text
}

/// The tables from which a report is made again.
pub const RECORDS: [Table; 5] = [INPUTS, LINES, PARCELS, CASES, FAULTS];
/// The tables for those who read a lake.
pub const JUDGED: [Table; 5] = [ORDERS, FINDINGS, STORES, SCORES, ISSUES];
