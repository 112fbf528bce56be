//! The orders at risk or late, the worst first: a row an order, with what to do and room for what was done.

use super::ReportError;
use super::annotated::Annotated;
use super::desk::{Desk, hours, serial};
use super::pages::{Column, LINKS, Look, Pages, Role, put};
use super::styles::mark;
use super::text::{head, lines};
use crate::assess::{Action, Finding, Verdict, actions, judge_into};
use crate::audit::Shown;
use crate::normalise::Order;
use crate::order::{Line, Status};
use chrono_tz::Tz;
use rust_xlsxwriter::{DataValidation, Url, Worksheet, XlsxError};

/// The columns: key of the heading and width.
const COLUMNS: [(&str, f64); 18] = [
    ("risk", 13.0),
    ("order-id", 25.0),
    ("marketplace", 12.0),
    ("store", 16.0),
    ("status", 12.0),
    ("due", 24.0),
    ("due-at", 17.0),
    ("zone", 13.0),
    ("rule-due-at", 17.0),
    ("hours-left", 10.0),
    ("why", 44.0),
    ("action-1", 32.0),
    ("action-2", 32.0),
    ("action-3", 28.0),
    ("do-by", 17.0),
    ("needs", 24.0),
    ("exemption", 34.0),
    ("source", 40.0),
];
/// Columns to fill in, behind those.
const FILL_IN: [(&str, f64); 3] = [("handled-by", 12.0), ("state", 12.0), ("note", 26.0)];
/// Where the state is filled in.
const STATE: u16 = COLUMNS.len() as u16 + 1;
/// UTF-16 units that the tip of a link holds.
const TIP: usize = 255;
/// Points of a line of text.
const LINE: f64 = 15.0;

/// Writes the list, on as many sheets as it needs.
pub fn write(desk: &Desk<'_>, annotated: &Annotated) -> Result<Vec<Worksheet>, ReportError> {
    let mut pages = Pages::new(desk.factory, desk.styles, look(desk))?;
    let mut verdict = Verdict::default();
    let mut links = 0;
    for shown in &desk.audit.shown {
        let order = &desk.audit.ledger.orders[shown.order as usize];
        judge_into(desk.audit.context(), order, &mut verdict);
        let (sheet, row) = pages.row()?;
        links = if row == 1 { 0 } else { links };
        let entry = Entry { desk, shown, order, verdict: &verdict };
        entry.write(sheet, row)?;
        links += u32::from(entry.source(sheet, row, annotated, links < LINKS)?);
        (desk.progress)(1);
    }
    let sheets = pages.finish(|sheet, last| finish(desk, sheet, last))?;
    Ok(sheets)
}

fn look(desk: &Desk<'_>) -> Look {
    let ours = COLUMNS.iter().map(|(key, width)| desk.column(key, *width));
    let fill_in =
        FILL_IN.iter().map(|(key, width)| Column { role: Role::FillIn, ..desk.column(key, *width) });
    Look { pages_wide: 2, ..desk.look("at-risk", ours.chain(fill_in).collect(), 2) }
}

/// The drop-down of states.
fn finish(desk: &Desk<'_>, sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    if last == 0 {
        return Ok(());
    }
    let options: Vec<String> = desk.say("state.options", &[]).split(',').map(str::to_owned).collect();
    let validation = DataValidation::new()
        .allow_list_strings(&options)?
        .set_input_title(desk.say("state.title", &[]))?
        .set_input_message(desk.say("state.prompt", &[]))?;
    sheet.add_data_validation(1, STATE, last, STATE, &validation)?;
    sheet.ignore_error_range(1, 1, last, 1, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// One order of the list.
pub struct Entry<'e> {
    /// The desk.
    pub desk: &'e Desk<'e>,
    /// What the audit says of it in short.
    pub shown: &'e Shown,
    /// The order.
    pub order: &'e Order,
    /// What all rules say of it.
    pub verdict: &'e Verdict,
}

impl Entry<'_> {
    /// What is due first, and what puts the order at risk: not the same where a breach is closed already and
    /// something else is still open.
    fn findings(&self) -> (Option<&Finding>, Option<&Finding>) {
        let leading = self.verdict.leading();
        let urgency = |f: &&Finding| (std::cmp::Reverse(f.state), f.due_at.is_none(), f.due_at, f.rule.code);
        let risk = self.verdict.findings.iter().filter(|f| f.is_risk()).min_by_key(urgency);
        (leading, leading.filter(|f| f.is_risk()).or(risk))
    }

    /// Why it is in the list: of what is due first, and of what is still open.
    pub fn why(&self) -> String {
        let speaker = &self.desk.speaker;
        let (leading, risk) = self.findings();
        let mut said = leading.map(|finding| speaker.why(self.order, finding)).unwrap_or_default();
        if let (Some(leading), Some(risk)) = (leading, risk)
            && !leading.is_risk()
        {
            said.push_str(speaker.words.get("say.also"));
            said.push_str(&speaker.why(self.order, risk));
        }
        said
    }

    /// What to do, in the order in which to try it.
    pub fn actions(&self) -> Vec<Action> {
        let run = self.desk.audit.context();
        self.findings().1.map(|finding| actions(run, self.order, finding)).unwrap_or_default()
    }

    /// The order's id.
    pub fn id(&self) -> &str {
        let line = self.desk.audit.ledger.lines(self.order).next();
        line.map_or("", |line| line.batch.arena.get(line.record.order_id))
    }

    /// How far it has come, all lines together.
    fn status(&self) -> Status {
        let lines = self.desk.audit.ledger.lines(self.order);
        let status = |line: &Line| line.status;
        lines.map(|line| status(line.record)).reduce(Status::combine).unwrap_or_default()
    }

    fn write(&self, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
        let (desk, styles) = (self.desk, self.desk.styles);
        let input = desk.audit.ledger.input(self.order);
        let state = self.shown.risk;
        let word = desk.speaker.known("state", state.as_str());
        put(sheet, row, 0, &format!("{} {word}", mark(state)), styles.of(state))?;
        put(sheet, row, 1, self.id(), &styles.text)?;
        put(sheet, row, 2, &desk.speaker.marketplace(input.marketplace), &styles.text)?;
        put(sheet, row, 3, &desk.audit.ledger.store(self.order).name, &styles.wrap)?;
        put(sheet, row, 4, &desk.speaker.known("status", self.status().as_str()), &styles.text)?;
        let zone = desk.speaker.day_zone(self.order);
        if let (Some(leading), _) = self.findings() {
            self.due(sheet, row, leading, zone)?;
        }
        let why = self.why();
        put(sheet, row, 10, &why, &styles.wrap)?;
        let height = self.to_do(sheet, row, zone)?.max(lines(&why, COLUMNS[10].1));
        let store = lines(&desk.audit.ledger.store(self.order).name, COLUMNS[3].1);
        let height = height.max(store);
        // Heights of very long lists are left to the reader's program; each takes memory until the end.
        if row <= LINKS {
            sheet.set_row_height(row, (height.min(20) as f64).mul_add(LINE, 5.0))?;
        }
        for column in STATE - 1..STATE + 2 {
            sheet.write_blank(row, column, &styles.fill_in)?;
        }
        Ok(())
    }

    fn due(&self, sheet: &mut Worksheet, row: u32, leading: &Finding, zone: Tz) -> Result<(), XlsxError> {
        let (desk, styles) = (self.desk, self.desk.styles);
        put(sheet, row, 5, &desk.speaker.title(leading.rule.code), &styles.wrap)?;
        match leading.due_at {
            Some(due) => {
                sheet.write_number_with_format(row, 6, serial(due, zone), &styles.moment)?;
                put(sheet, row, 7, &desk.speaker.zone(zone), &styles.text)?;
            }
            None => {
                sheet.write_blank(row, 6, &styles.text)?.write_blank(row, 7, &styles.text)?;
            }
        }
        match leading.rule_due_at {
            Some(due) => sheet.write_number_with_format(row, 8, serial(due, zone), &styles.moment)?,
            None => sheet.write_blank(row, 8, &styles.text)?,
        };
        // Only what is still open has hours left; how late the rest is stands in the sentence.
        match leading.left(desk.audit.as_of).filter(|_| leading.state.is_open()) {
            Some(left) => sheet.write_number_with_format(row, 9, hours(left), &styles.hours)?,
            None => sheet.write_blank(row, 9, &styles.text)?,
        };
        Ok(())
    }

    /// What to do, by when, with what; returns how many lines the longest takes.
    fn to_do(&self, sheet: &mut Worksheet, row: u32, zone: Tz) -> Result<usize, XlsxError> {
        let (desk, styles) = (self.desk, self.desk.styles);
        let (list, mut height) = (self.actions(), 1);
        for at in 0..3 {
            let said = list.get(at).map(|action| desk.speaker.action(action)).unwrap_or_default();
            height = height.max(lines(&said, COLUMNS[11 + at].1));
            put(sheet, row, 11 + at as u16, &said, &styles.wrap)?;
        }
        match list.first().and_then(|action| action.do_by) {
            Some(by) => sheet.write_number_with_format(row, 14, serial(by, zone), &styles.moment)?,
            None => sheet.write_blank(row, 14, &styles.text)?,
        };
        let mut needs: Vec<&str> = list.iter().flat_map(|action| action.needs.iter().copied()).collect();
        let mut seen = std::collections::BTreeSet::new();
        needs.retain(|need| seen.insert(*need));
        let needs = needs.iter().map(|need| desk.speaker.need(need)).collect::<Vec<_>>().join("\n");
        let claims = self.verdict.findings.iter().flat_map(|finding| &finding.exemptions);
        let mut claims: Vec<String> =
            claims.map(|(code, relief)| desk.speaker.claim(*code, *relief, zone)).collect();
        claims.dedup();
        let claims = claims.join("\n");
        put(sheet, row, 15, &needs, &styles.wrap)?;
        put(sheet, row, 16, &claims, &styles.wrap)?;
        Ok(height.max(lines(&needs, COLUMNS[15].1)).max(lines(&claims, COLUMNS[16].1)))
    }

    /// The file and row of its first line; in short, or in full.
    fn place(&self, in_short: bool) -> String {
        let ledger = &self.desk.audit.ledger;
        let Some(line) = ledger.lines(self.order).next() else { return String::new() };
        self.desk.place(&ledger.inputs[line.batch.input as usize], line.record.row, in_short)
    }

    /// Where the order stands, with a link where its row was written; returns whether there is one.
    fn source(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        annotated: &Annotated,
        may: bool,
    ) -> Result<bool, XlsxError> {
        let desk = self.desk;
        let place = self.place(true);
        match annotated.spot(self.shown.order).filter(|_| may) {
            None => put(sheet, row, 17, &place, &desk.styles.wrap).map(|()| false),
            Some(spot) => {
                let link = Url::new(spot.address(desk)).set_text(place);
                let link = link.set_tip(head(&self.place(false), TIP));
                sheet.write_url_with_format(row, 17, &link, &desk.styles.link)?;
                Ok(true)
            }
        }
    }
}
