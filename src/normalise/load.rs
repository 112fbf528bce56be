//! Files to a ledger: read, recognised and normalised in parallel, in file order whatever the threads.

use crate::normalise::gather::{StoreFacts, gather};
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::join::{is_courier_list, join_after_sales, join_tracking};
use crate::normalise::ledger::{Batch, Input, InputError, InputKind, Ledger};
use crate::normalise::moment::Clock;
use crate::normalise::plan::{Plan, Sections};
use crate::normalise::rows::{Part, read_block};
use crate::order::{Instant, Marketplace};
use crate::read::{BlockResult, Found, Limits, ReadFault, Refused, Table, open};
use crate::recognise::{HEADING_ROWS, Kind, Layout, Recognition, Unrecognised, recognise, recognise_heading};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use globset::GlobSet;
use rayon::prelude::*;
use std::path::PathBuf;

/// A `[[store]]` of the configuration: which files are its own, and what holds for them.
#[derive(Clone, Debug)]
pub struct StoreRule {
    /// What is known of the store.
    pub facts: StoreFacts,
    /// Its files, relative to `base`.
    pub files: GlobSet,
    /// The folder of the configuration file.
    pub base: PathBuf,
    /// Zone of times without an offset, where it differs from the layout's.
    pub export_zone: Option<Tz>,
    /// Zone that says where a day ends, where it differs from the layout's.
    pub day_zone: Option<Tz>,
}

/// How inputs are read.
#[derive(Debug, Default)]
pub struct LoadOptions {
    /// The layouts, profiles first.
    pub layouts: Vec<Layout>,
    /// The store of everything, from the command line.
    pub store: Option<String>,
    /// The marketplace of everything, from the command line.
    pub marketplace: Option<Marketplace>,
    /// The stores of the configuration.
    pub stores: Vec<StoreRule>,
    /// Limits against hostile files.
    pub limits: Limits,
}

/// One table as it was read, before orders are made of it.
struct Loaded {
    input: Input,
    parts: Vec<Part>,
}

/// Reads all files into a ledger. A file that cannot be read is an input with an error and stops no other.
/// `progress` is told of bytes read.
pub fn load(found: &[Found], options: &LoadOptions, progress: &(dyn Fn(u64) + Sync)) -> Ledger {
    let loaded: Vec<Vec<Loaded>> =
        found.par_iter().map(|found| load_file(found, options, progress)).collect();
    let mut ledger = Ledger::default();
    let mut sellers = Vec::new();
    for Loaded { input, parts } in loaded.into_iter().flatten() {
        let number = ledger.inputs.len() as u32;
        ledger.inputs.push(input);
        let mut here: Vec<(u32, String)> = Vec::new();
        for part in parts {
            here.extend(part.sellers);
            ledger.issues.extend(part.issues.into_iter().map(|issue| Issue { input: number, ..issue }));
            let Part { arena, lines, parcels, after_sales, .. } = part;
            ledger.batches.push(Batch { input: number, arena, lines, parcels, after_sales });
        }
        // A file of one seller is that store's, for whoever reads the list of inputs.
        if let Some(((_, seller), rest)) = here.split_first()
            && rest.iter().all(|(_, other)| other == seller)
            && let Some(input) = ledger.inputs.last_mut().filter(|input| !input.forced)
        {
            input.store.clone_from(seller);
        }
        sellers.push(here);
    }
    let facts: Vec<StoreFacts> = options.stores.iter().map(|rule| rule.facts.clone()).collect();
    let index = gather(&mut ledger, &sellers, &facts);
    join_tracking(&mut ledger, &index);
    mark_e_waybills(&mut ledger);
    join_after_sales(&mut ledger, &index);
    ledger.issues.sort_by_key(|issue| (issue.input, issue.row, issue.column));
    ledger
}

/// Marks the stores of which any Pinduoduo parcel went on an electronic waybill.
fn mark_e_waybills(ledger: &mut Ledger) {
    let own = |order: &&crate::normalise::Order| {
        ledger.input(order).marketplace == Some(Marketplace::Pinduoduo)
            && ledger.parcels(order).any(|parcel| parcel.record.e_waybill == Some(true))
    };
    let stores: Vec<u16> = ledger.orders.iter().filter(own).map(|order| order.store).collect();
    for store in stores {
        ledger.stores[usize::from(store)].e_waybill = true;
    }
}

fn load_file(found: &Found, options: &LoadOptions, progress: &(dyn Fn(u64) + Sync)) -> Vec<Loaded> {
    let tables = open(found, &options.limits);
    tables
        .into_par_iter()
        .map(|table| match table {
            Ok(table) => load_table(found, &table, options, progress),
            Err(refused) => Loaded { input: refused_input(found, &refused), parts: Vec::new() },
        })
        .collect()
}

fn refused_input(found: &Found, refused: &Refused) -> Input {
    let kind = if refused.fault.is_note() { InputKind::LeftOut } else { InputKind::Unreadable };
    Input {
        sheet: refused.sheet.clone(),
        folder: found.folder.clone(),
        format: refused.format.as_str(),
        kind,
        error: Some(fault_error(&refused.fault)),
        ..Input::blank(&refused.file)
    }
}

fn fault_error(fault: &ReadFault) -> InputError {
    InputError {
        code: fault.code(),
        message: fault.to_string(),
        detail: fault.detail(),
        line: fault.line(),
        nearest: None,
        missing: Vec::new(),
        headings: Vec::new(),
    }
}

fn load_table(
    found: &Found,
    table: &Table,
    options: &LoadOptions,
    progress: &(dyn Fn(u64) + Sync),
) -> Loaded {
    let mut input = Input {
        sheet: table.sheet.clone(),
        folder: found.folder.clone(),
        format: table.format.as_str(),
        encoding: table.encoding.map(crate::read::Encoding::as_str),
        ..Input::blank(&table.file)
    };
    let heads = match table.heads(HEADING_ROWS) {
        Ok(heads) => heads,
        Err(fault) => {
            input.error = Some(fault_error(&fault));
            return Loaded { input, parts: Vec::new() };
        }
    };
    if heads.iter().all(|head| head.rows.is_empty()) {
        input.error = Some(fault_error(&ReadFault::Empty));
        return Loaded { input, parts: Vec::new() };
    }
    let fits = |layout: &&Layout| {
        layout.marketplace.is_none()
            || options.marketplace.is_none()
            || layout.marketplace == options.marketplace
    };
    let layouts: Vec<Layout> = options.layouts.iter().filter(fits).cloned().collect();
    match recognise(&heads, &layouts, options.marketplace.is_some()) {
        Ok(recognition) => read_table(found, table, options, progress, input, &recognition),
        Err(unrecognised) => {
            input.kind = InputKind::Unrecognised;
            input.error = Some(unrecognised_error(unrecognised));
            Loaded { input, parts: Vec::new() }
        }
    }
}

fn unrecognised_error(unrecognised: Unrecognised) -> InputError {
    let Unrecognised { nearest, headings } = unrecognised;
    let (nearest, missing) = nearest.map_or((None, Vec::new()), |(id, missing)| (Some(id), missing));
    let message = match &nearest {
        Some(id) => {
            format!("no known kind of export; nearest is {id}, which also needs: {}", missing.join("; "))
        }
        None => "no known kind of export: none of its headings is known".to_owned(),
    };
    // Without a single known heading the row may be one of data, and hold what is private.
    let headings = match &nearest {
        Some(_) => headings,
        None => headings
            .into_iter()
            .map(|text| if may_be_heading(&text) { text } else { "…".to_owned() })
            .collect(),
    };
    InputError {
        code: "unrecognised",
        message,
        detail: String::new(),
        line: None,
        nearest,
        missing,
        headings,
    }
}

/// Parts of the headings that exports have.
const OF_HEADINGS: [&str; 35] = [
    "号", "时间", "日期", "状态", "名称", "单", "店", "金额", "价", "数量", "地址", "电话", "商品", "类型",
    "方式", "备注", "id", "name", "date", "time", "order", "number", "status", "price", "qty", "quantity",
    "sku", "address", "phone", "item", "total", "ship", "track", "type", "code",
];

/// Whether a text reads like a heading: by a word of one, and by few digits.
fn may_be_heading(text: &str) -> bool {
    let text = text.to_lowercase();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.trim().is_empty() || (digits < 5 && OF_HEADINGS.iter().any(|part| text.contains(part)))
}

fn read_table(
    found: &Found,
    table: &Table,
    options: &LoadOptions,
    progress: &(dyn Fn(u64) + Sync),
    mut input: Input,
    recognition: &Recognition<'_>,
) -> Loaded {
    let layout = recognition.layout;
    let owner = options.stores.iter().position(|rule| rule.owns(found, layout.marketplace));
    let rule = owner.and_then(|at| options.stores.get(at));
    input.rule = owner.and_then(|at| u32::try_from(at).ok());
    let clock = Clock {
        export_zone: rule.and_then(|rule| rule.export_zone).unwrap_or(layout.export_zone),
        day_zone: rule.and_then(|rule| rule.day_zone).unwrap_or(layout.day_zone),
        styles: layout.times.clone(),
        months: layout.months.clone(),
        whole_days: layout.whole_days,
    };
    input.kind = InputKind::Known(layout.kind);
    input.marketplace = layout.marketplace.or(options.marketplace);
    input.forced = options.store.is_some();
    input.store = store_name(found, options, rule);
    input.delimiter = recognition.delimiter;
    input.heading_row = recognition.heading_row;
    input.columns.clone_from(&recognition.columns);
    input.layout = Some(layout.id.clone());
    input.clock = Some(clock.clone());
    input.courier = is_courier_list(&input);
    let mut plan = Plan::new(recognition, clock);
    plan.epoch_1904 = table.epoch_1904();
    let blocks = match read_sections(table, plan, options, progress) {
        Ok(blocks) => blocks,
        Err(fault) => {
            input.kind = InputKind::Unreadable;
            input.error = Some(fault_error(&fault));
            return Loaded { input, parts: Vec::new() };
        }
    };
    let (mut rows, mut lines, mut newest) = (0, 0, None);
    let mut parts = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut part = block.value;
        part.rebase(0, rows, lines);
        rows += block.rows;
        lines += block.lines;
        input.rejected += part.rejected;
        input.skipped += part.skipped + (block.rows - part.seen);
        // Rows of orders are in orders by what they are; tracking rows only once they are joined.
        input.rows_in_orders += if layout.kind == Kind::Orders { part.taken } else { 0 };
        newest = newest.max(part.newest);
        parts.push(part);
    }
    let nothing = parts.iter().all(|part| part.taken + part.rejected == 0);
    if let Some(part) = parts.first_mut().filter(|_| nothing) {
        let (problem, value) = (Problem::NoRows, String::new());
        part.issues.push(Issue { input: 0, row: 0, line: 0, column: None, value, problem });
    }
    input.rows = rows;
    input.exported_at = export_time(&table.file).or(newest);
    Loaded { input, parts }
}

/// Reads the rows of a table; where a second heading of other columns stands in it (two files put one under the
/// other), once more, each stretch of rows by its own headings.
fn read_sections(
    table: &Table,
    plan: Plan<'_>,
    options: &LoadOptions,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<BlockResult<Part>>, ReadFault> {
    let (delimiter, width) = (plan.delimiter, plan.headings.len());
    let sections = Sections::of(plan);
    let blocks = table.read(delimiter, width, progress, |block| read_block(&sections, 0, block))?;
    let mut first = Vec::with_capacity(blocks.len());
    let mut next = 0;
    for block in &blocks {
        first.push(next);
        next += block.rows;
    }
    let mut sections = sections;
    for (block, first) in blocks.iter().zip(&first) {
        for (row, cells) in &block.value.headings {
            if let Some(found) = recognise_heading(row + first, cells, &options.layouts)
                && found.layout.kind == sections.layout().kind
                && found.layout.marketplace == sections.layout().marketplace
            {
                sections.add(&found);
            }
        }
    }
    if sections.is_one() {
        return Ok(blocks);
    }
    // Blocks are always cut alike, so the rows before each are known by now.
    table.read(delimiter, width, &|_| {}, |block| {
        let before = first.get(block.index()).copied().unwrap_or(0);
        read_block(&sections, before, block)
    })
}

impl StoreRule {
    /// Whether a file is this store's.
    fn owns(&self, found: &Found, marketplace: Option<Marketplace>) -> bool {
        let absolute = std::path::absolute(&found.path).unwrap_or_else(|_| found.path.clone());
        let relative = absolute.strip_prefix(&self.base).unwrap_or(&absolute);
        let fits = self.facts.marketplace.is_none()
            || marketplace.is_none()
            || self.facts.marketplace == marketplace;
        fits && self.files.is_match(relative)
    }
}

/// `--store`, else the configuration's, else the first folder, else `default`. Columns and footers come later.
fn store_name(found: &Found, options: &LoadOptions, rule: Option<&StoreRule>) -> String {
    options
        .store
        .clone()
        .or_else(|| rule.map(|rule| rule.facts.name.clone()))
        .or_else(|| found.folder.clone())
        .unwrap_or_else(|| "default".to_owned())
}

/// The time of export that a file's name tells: Douyin's ten digits of Unix time, or a local date and time
/// such as Pinduoduo's `2026-07-20-10-09-23`, read in Shanghai.
pub fn export_time(path: &str) -> Option<Instant> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some((digits, _)) = name.split_once('_')
        && digits.len() == 10
        && let Ok(seconds) = digits.parse::<i64>()
    {
        return DateTime::from_timestamp(seconds, 0).map(|at| at.with_timezone(&Utc));
    }
    let starts = name.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    starts.map(|at| &name[at..]).find_map(local_time)
}

/// `2026-07-20-10-09-23`, `2026-07-20_10.09.23`, `20260720100923`.
fn local_time(text: &str) -> Option<Instant> {
    let mut digits = String::with_capacity(14);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '-' | '_' | '.' | ' ' if !digits.is_empty() => {}
            _ => break,
        }
        if digits.len() == 14 {
            break;
        }
    }
    if digits.len() != 14 || !digits.starts_with("20") {
        return None;
    }
    let local = NaiveDateTime::parse_from_str(&digits, "%Y%m%d%H%M%S").ok()?;
    Tz::Asia__Shanghai.from_local_datetime(&local).single().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::export_time;

    #[test]
    fn file_names_tell_when_they_were_exported() {
        let time = |name| export_time(name).map(|at| at.to_rfc3339());
        assert_eq!(
            time("pdd/0123456789abcdef0123456789abcdeforders_export2026-07-20-10-09-23.csv").as_deref(),
            Some("2026-07-20T02:09:23+00:00")
        );
        assert_eq!(time("1768222209_ab12.csv").as_deref(), Some("2026-01-12T12:50:09+00:00"));
        assert_eq!(time("订单20261109120000.xlsx").as_deref(), Some("2026-11-09T04:00:00+00:00"));
        assert_eq!(time("1158620043.csv"), None);
        assert_eq!(time("orders.csv"), None);
    }
}
