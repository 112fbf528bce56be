//! An input as a row of the table of inputs and back: plain columns for those who look, JSON for all else.

use super::fault::PartFault;
use super::table::{Read, Rows};
use crate::normalise::{Blocks, Clock, Input, InputError, InputKind, Issue, Problem};
use crate::order::{Field, Instant, Marketplace};
use crate::recognise::{Column, Kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Seller ids of footers with their rows.
pub type Sellers = Vec<(u32, String)>;

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    folder: Option<String>,
    forced: bool,
    rule: Option<u32>,
    encoding: Option<String>,
    delimiter: Option<u8>,
    heading_row: u32,
    columns: Vec<Column>,
    layout: Option<String>,
    clock: Option<Clock>,
    courier: bool,
    exported_at: Option<Instant>,
    error: Option<ErrorFacts>,
    sellers: Sellers,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorFacts {
    message: String,
    detail: String,
    line: Option<u64>,
    nearest: Option<String>,
    missing: Vec<String>,
    headings: Vec<String>,
}

/// Words of a program's own that are kept for as long as it runs are few and short.
const WORD: usize = 64;

/// A word that is kept for as long as the program runs, each once.
fn kept(word: &str) -> Result<&'static str, PartFault> {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    if word.len() > WORD {
        return Err(PartFault::damaged("a word is too long"));
    }
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return Ok(known);
    }
    let word: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(word);
    Ok(word)
}

const KINDS: [InputKind; 6] = [
    InputKind::Known(Kind::Orders),
    InputKind::Known(Kind::AfterSales),
    InputKind::Known(Kind::Tracking),
    InputKind::Unrecognised,
    InputKind::Unreadable,
    InputKind::LeftOut,
];

/// Puts an input, as it is before orders are made, into a row of [`super::schema::INPUTS`].
pub fn put_input(rows: &mut Rows, file: u32, input: &Input, sellers: Sellers) -> Result<(), PartFault> {
    // All fields are named: one that is forgotten does not compile.
    let Input {
        path,
        sheet,
        folder,
        kind,
        marketplace,
        store,
        forced,
        rule,
        format,
        encoding,
        delimiter,
        heading_row,
        columns,
        layout,
        clock,
        courier,
        exported_at,
        rows: read,
        rows_in_orders,
        rejected,
        skipped,
        error,
        // A merge does not read the table again, so where its blocks begin is of no use to it.
        blocks: _,
        // These come of joining and asking.
        orders: _,
        tracking: _,
        fields: _,
    } = input.clone();
    rows.int(file).text(&path).text(sheet.as_deref().unwrap_or_default());
    rows.text(kind.as_str()).text(marketplace.map_or("", Marketplace::as_str));
    rows.text(&store).text(format).int(read).int(rows_in_orders).int(rejected).int(skipped);
    rows.text(error.as_ref().map_or("", |error| error.code));
    let error = error.map(|error| {
        let InputError { code: _, message, detail, line, nearest, missing, headings } = error;
        ErrorFacts { message, detail, line, nearest, missing, headings }
    });
    let encoding = encoding.map(str::to_owned);
    let facts = Facts {
        folder,
        forced,
        rule,
        encoding,
        delimiter,
        heading_row,
        columns,
        layout,
        clock,
        courier,
        exported_at,
        error,
        sellers,
    };
    rows.text(&serde_json::to_string(&facts)?);
    Ok(())
}

/// The file of an input, the input, and the sellers of its footers.
pub fn get_input(read: &Read, row: usize) -> Result<(u32, Input, Sellers), PartFault> {
    let facts: Facts = serde_json::from_str(read.text(12, row)?)?;
    let kind = read.text(3, row)?;
    let kind = KINDS.into_iter().find(|known| known.as_str() == kind);
    let code = read.text(11, row)?;
    let error = match facts.error {
        None => None,
        Some(error) => Some(InputError {
            code: kept(code)?,
            message: error.message,
            detail: error.detail,
            line: error.line,
            nearest: error.nearest,
            missing: error.missing,
            headings: error.headings,
        }),
    };
    let sheet = read.text(2, row)?;
    let input = Input {
        path: read.text(1, row)?.to_owned(),
        sheet: (!sheet.is_empty()).then(|| sheet.to_owned()),
        folder: facts.folder,
        kind: kind.ok_or_else(|| PartFault::damaged("a kind of input"))?,
        marketplace: marketplace(read.text(4, row)?)?,
        store: read.text(5, row)?.to_owned(),
        forced: facts.forced,
        rule: facts.rule,
        format: kept(read.text(6, row)?)?,
        encoding: facts.encoding.as_deref().map(kept).transpose()?,
        delimiter: facts.delimiter,
        heading_row: facts.heading_row,
        columns: facts.columns,
        layout: facts.layout,
        clock: facts.clock,
        courier: facts.courier,
        exported_at: facts.exported_at,
        rows: read.int(7, row),
        rows_in_orders: read.int(8, row),
        rejected: read.int(9, row),
        skipped: read.int(10, row),
        error,
        blocks: Blocks::default(),
        orders: 0,
        tracking: Vec::new(),
        fields: OnceLock::new(),
    };
    Ok((read.int(0, row), input, facts.sellers))
}

/// A marketplace by its id; none for an empty one.
pub(super) fn marketplace(id: &str) -> Result<Option<Marketplace>, PartFault> {
    let built_in = Marketplace::BUILT_IN.into_iter().find(|known| known.as_str() == id);
    match (built_in, id) {
        (Some(known), _) => Ok(Some(known)),
        (None, "") => Ok(None),
        (None, other) => Ok(Some(Marketplace::Other(kept(other)?))),
    }
}

/// Puts a fault of reading into a row of [`super::schema::FAULTS`].
pub fn put_fault(rows: &mut Rows, input: u32, issue: &Issue) {
    let Issue { input: _, row, line, column, value, problem } = issue;
    let (field, other) = match *problem {
        Problem::ContradictoryTimes(field, other) => (Some(field), Some(other)),
        Problem::UnreadableTime(field)
        | Problem::FutureTime(field)
        | Problem::StatusMismatch(field)
        | Problem::NumberAsTime(field) => (Some(field), None),
        Problem::UnclosedQuote
        | Problem::Undecodable
        | Problem::Ragged
        | Problem::MissingId
        | Problem::DigitsLost
        | Problem::UnknownStatus
        | Problem::DuplicateOrder
        | Problem::Unjoined
        | Problem::AmbiguousJoin
        | Problem::NoRows => (None, None),
    };
    rows.int(input).int(*row).int(*line).maybe_int(column.map(u32::from));
    rows.text(value).text(problem.code());
    rows.text(field.map_or("", Field::as_str)).text(other.map_or("", Field::as_str));
}

/// The input of a fault, and the fault.
pub fn get_fault(read: &Read, row: usize) -> Result<(u32, Issue), PartFault> {
    let code = read.text(5, row)?;
    let field = |column| {
        let name = read.text(column, row)?;
        Field::parse(name).ok_or_else(|| PartFault::damaged(&format!("the field \"{name}\"")))
    };
    let problem = match code {
        "unclosed-quote" => Problem::UnclosedQuote,
        "undecodable" => Problem::Undecodable,
        "ragged" => Problem::Ragged,
        "missing-order-id" => Problem::MissingId,
        "digits-lost" => Problem::DigitsLost,
        "unreadable-time" => Problem::UnreadableTime(field(6)?),
        "unknown-status" => Problem::UnknownStatus,
        "future-time" => Problem::FutureTime(field(6)?),
        "contradictory-times" => Problem::ContradictoryTimes(field(6)?, field(7)?),
        "status-mismatch" => Problem::StatusMismatch(field(6)?),
        "duplicate-order" => Problem::DuplicateOrder,
        "unjoined" => Problem::Unjoined,
        "ambiguous-join" => Problem::AmbiguousJoin,
        "number-as-time" => Problem::NumberAsTime(field(6)?),
        "no-rows" => Problem::NoRows,
        other => return Err(PartFault::damaged(&format!("the problem \"{other}\""))),
    };
    let column = read.maybe_int(3, row).map(u16::try_from).transpose();
    let issue = Issue {
        input: 0,
        row: read.int(1, row),
        line: read.int(2, row),
        column: column.map_err(|_| PartFault::damaged("a column"))?,
        value: read.text(4, row)?.to_owned(),
        problem,
    };
    Ok((read.int(0, row), issue))
}
