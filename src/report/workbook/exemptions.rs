//! Which orders are covered by what, until when, and which claims are open or do not hold.

use super::ReportError;
use super::desk::{Desk, hours, serial};
use super::pages::{Look, Pages, put};
use crate::assess::{Code, Finding, Relief};
use crate::normalise::Order;
use rust_xlsxwriter::{Worksheet, XlsxError};

const COLUMNS: [(&str, f64); 11] = [
    ("marketplace", 13.0),
    ("store", 18.0),
    ("order-id", 24.0),
    ("due", 30.0),
    ("risk", 12.0),
    ("exemption", 26.0),
    ("effect", 12.0),
    ("until", 17.0),
    ("zone", 11.0),
    ("hours-left", 10.0),
    ("claim", 60.0),
];

/// Writes the sheet, or as many as the claims need.
pub fn write(desk: &Desk<'_>) -> Result<Vec<Worksheet>, ReportError> {
    let columns = COLUMNS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let mut pages =
        Pages::new(desk.factory, desk.styles, Look { pages_wide: 1, ..desk.look("exemptions", columns, 3) })?;
    for number in &desk.audit.claimed {
        let order = &desk.audit.ledger.orders[*number as usize];
        for finding in &desk.audit.verdict(*number).findings {
            for (code, relief) in &finding.exemptions {
                let (sheet, row) = pages.row()?;
                entry(desk, sheet, row, order, finding, (*code, *relief))?;
            }
        }
    }
    Ok(pages.finish(|_, _| Ok(()))?)
}

fn entry(
    desk: &Desk<'_>,
    sheet: &mut Worksheet,
    row: u32,
    order: &Order,
    finding: &Finding,
    (code, relief): (Code, Relief),
) -> Result<(), XlsxError> {
    let (styles, speaker, ledger) = (desk.styles, &desk.speaker, &desk.audit.ledger);
    let zone = speaker.day_zone(order);
    let (effect, until) = match relief {
        Relief::Extend(to) => ("extended", Some(to)),
        Relief::Waive => ("waived", None),
        Relief::Void => ("void", None),
        Relief::Pending { until } => ("pending", Some(until)),
        Relief::Claimable { file_by, .. } => ("claimable", file_by),
        Relief::Refused { .. } => ("refused", None),
    };
    let texts = [
        (0, speaker.marketplace(ledger.input(order).marketplace)),
        (1, ledger.store(order).name.clone()),
        (2, ledger.order_id(order).to_owned()),
        (3, speaker.title(finding.rule.code)),
        (4, speaker.known("state", finding.state.as_str())),
        (5, format!("{code} {}", speaker.title(code))),
        (6, desk.say(&format!("effect.{effect}"), &[])),
        (10, speaker.claim(code, relief, zone)),
    ];
    for (column, text) in &texts {
        put(sheet, row, *column, text, &styles.text)?;
    }
    if let Some(until) = until {
        sheet.write_number_with_format(row, 7, serial(until, zone), &styles.moment)?;
        put(sheet, row, 8, &speaker.zone(zone), &styles.text)?;
        sheet.write_number_with_format(
            row,
            9,
            hours((until - desk.audit.as_of).num_seconds()),
            &styles.hours,
        )?;
    }
    Ok(())
}
