//! One table: recognised, then read into records.

use super::{LoadOptions, Loaded, StoreRule, export_time};
use crate::casebook::is_casebook;
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::join::is_courier_list;
use crate::normalise::ledger::{Input, InputError, InputKind};
use crate::normalise::moment::Clock;
use crate::normalise::plan::{Plan, Sections};
use crate::normalise::rows::{Part, read_block};
use crate::order::Stamp;
use crate::read::{BlockResult, Found, ReadFault, Table};
use crate::recognise::{HEADING_ROWS, Kind, Layout, Recognition, Unrecognised, recognise, recognise_heading};
use std::borrow::Cow;

pub(super) fn fault_error(fault: &ReadFault) -> InputError {
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

pub(super) fn load_table(
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
    let fits = |layout: &&Layout| layout.marketplace.is_none() || layout.marketplace == options.marketplace;
    let layouts: Cow<'_, [Layout]> = match options.marketplace {
        None => Cow::Borrowed(&options.layouts),
        Some(_) => Cow::Owned(options.layouts.iter().filter(fits).cloned().collect()),
    };
    match recognise(&heads, &layouts, options.marketplace.is_some()) {
        Ok(recognition) => read_table(found, table, options, progress, input, &recognition),
        Err(_) if is_casebook(table, &heads) => {
            input.kind = InputKind::LeftOut;
            input.error = Some(fault_error(&ReadFault::Casebook));
            Loaded { input, parts: Vec::new() }
        }
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
    input.blocks.window = table.window();
    let (mut rows, mut lines, mut newest) = (0, 0, Stamp::default());
    let mut parts = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut part = block.value;
        part.rebase(0, rows, lines);
        input.blocks.rows.push((block.rows, part.seen));
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
    input.exported_at = export_time(&table.file).or(newest.known());
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

/// `--store`, else the configuration's, else the first folder, else `default`. Columns and footers come later.
fn store_name(found: &Found, options: &LoadOptions, rule: Option<&StoreRule>) -> String {
    options
        .store
        .clone()
        .or_else(|| rule.map(|rule| rule.facts.name.clone()))
        .or_else(|| found.folder.clone())
        .unwrap_or_else(|| "default".to_owned())
}
